import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan grant`: who has which role, where.
struct GrantCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "grant",
            abstract: "List, give and take back roles.",
            subcommands: [GrantList.self, GrantCreate.self, GrantRevoke.self]
        )
    }
}

/// `ceyuan grant list`
struct GrantList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List grants, ended ones as well.")
    }

    @Option(help: "Only those of a principal.")
    var principal: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(
            AccessGrant.self,
            of: .registry,
            "/v1/grants",
            ["principal": principal],
            limit: nil
        )
    }
}

/// `ceyuan grant create --principal P --role R`
struct GrantCreate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "create", abstract: "Give a role.")
    }

    @Option(help: "Who gets it.")
    var principal: String

    @Option(help: "The code of the role.")
    var role: String

    @Option(help: "The region that it holds for, with all below it; by default everywhere.")
    var region: String?

    @Option(help: "From when; by default from now.")
    var from: Instant?

    @Option(help: "Until when; by default without end.")
    var until: Instant?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = NewGrant(principal: principal, role: role, region: region, validFrom: from, validUntil: until)
        try session.console.show(
            try await session.client(of: .registry).post("/v1/grants", body: order, as: Answer<AccessGrant>.self)
        )
    }
}

/// `ceyuan grant revoke ID`
struct GrantRevoke: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "revoke", abstract: "Take a role back at once.")
    }

    @Argument(help: "The number of the grant.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.client(of: .registry).delete("/v1/grants/\(id)")
        session.console.remark(session.console("授权 \(id) 已撤销。", "Grant \(id) is taken back."))
    }
}
