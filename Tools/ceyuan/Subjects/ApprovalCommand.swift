import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan approval`: what one person asks for and another one approves.
struct ApprovalCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "approval",
            abstract: "Approve or refuse what others ask for: erasures, and exports of personal data.",
            subcommands: [
                ApprovalList.self, ApprovalShow.self, ApprovalApprove.self, ApprovalRefuse.self, ApprovalWithdraw.self,
            ]
        )
    }
}

/// `ceyuan approval list`
struct ApprovalList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List what was asked for, the newest first.")
    }

    @Option(help: "Only those for this.")
    var action: Approval.Action?

    @Option(help: "Only those in this state.")
    var state: Approval.State?

    @OptionGroup
    var belief: BeliefOption

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "action": action?.rawValue, "state": state?.rawValue, "asOf": belief.asOf?.description,
        ]
        try await session.list(Approval.self, of: .registry, "/v1/approvals", query, limit: limit.count)
    }
}

/// `ceyuan approval show NUMBER`
struct ApprovalShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print what was asked for, and what became of it.")
    }

    @Argument(help: "The number of the approval.")
    var number: Int64

    @OptionGroup
    var belief: BeliefOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let query: Query = ["asOf": belief.asOf?.description]
        let path = "/v1/approvals/\(number)"
        try session.console.show(try await client.get(path, query: query, as: Answer<Approval>.self))
    }
}

/// `ceyuan approval approve NUMBER`
struct ApprovalApprove: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "approve", abstract: "Approve what somebody else has asked for.")
    }

    @Argument(help: "The number of the approval.")
    var number: Int64

    @Option(help: "What is to be said of it.")
    var remark: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.turn(number, "approve", ApprovalRemark(remark: remark))
    }
}

/// `ceyuan approval refuse NUMBER --remark TEXT`
struct ApprovalRefuse: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "refuse", abstract: "Refuse what somebody else has asked for.")
    }

    @Argument(help: "The number of the approval.")
    var number: Int64

    @Option(help: "Why.")
    var remark: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.turn(number, "refuse", ApprovalRemark(remark: remark))
    }
}

/// `ceyuan approval withdraw NUMBER`
struct ApprovalWithdraw: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "withdraw", abstract: "Say that what you asked for is wanted no longer.")
    }

    @Argument(help: "The number of the approval.")
    var number: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/approvals/\(number)/withdraw", as: Answer<Approval>.self)
        )
    }
}

extension Session {
    fileprivate func turn(_ number: Int64, _ verb: String, _ remark: ApprovalRemark) async throws {
        let path = "/v1/approvals/\(number)/\(verb)"
        try console.show(try await client(of: .registry).post(path, body: remark, as: Answer<Approval>.self))
    }
}
