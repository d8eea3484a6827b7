import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan subject-request`: what persons ask about their data.
struct SubjectCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "subject-request",
            abstract: "What persons ask about their data: to copy, correct, erase, restrict or explain them.",
            subcommands: [
                SubjectAdd.self, SubjectList.self, SubjectShow.self, SubjectTake.self, SubjectCopyCommand.self,
                SubjectDone.self, SubjectRefuse.self,
            ]
        )
    }

    static func path(_ number: Int64) -> String { "/v1/subject-requests/\(number)" }
}

/// `ceyuan subject-request add KEY --kind copy --channel paper`
struct SubjectAdd: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: "Write down what a person asks for.")
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @Option(help: "What is asked for.")
    var kind: SubjectRequest.Kind

    @Option(help: "Who asks; the person unless given.")
    var lodger: SubjectRequest.Lodger = .person

    @Option(help: "How it came.")
    var channel: ConsentChannel

    @Option(help: "What was said.")
    var note: String?

    @Option(help: ArgumentHelp("The day on which it came; today unless given.", valueName: "day"))
    var received: CivilDate?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = SubjectOrder(
            subject: key,
            kind: kind,
            lodger: lodger,
            channel: channel,
            note: note,
            receivedOn: received
        )
        try session.console.show(
            try await session.client(of: .registry).post(
                "/v1/subject-requests",
                body: order,
                as: Answer<SubjectRequest>.self
            )
        )
    }
}

/// `ceyuan subject-request list --overdue`
struct SubjectList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List what persons have asked for, the newest first.")
    }

    @Option(help: ArgumentHelp("Only those about this record.", valueName: "key"))
    var subject: String?

    @Option(help: "Only those for this.")
    var kind: SubjectRequest.Kind?

    @Option(help: "Only those in this state.")
    var state: SubjectRequest.State?

    @Flag(help: "Only those whose last day is over.")
    var overdue = false

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "subject": subject, "kind": kind?.rawValue, "state": state?.rawValue, "overdue": overdue ? "true" : nil,
            "asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText,
        ]
        try await session.list(SubjectRequest.self, of: .registry, "/v1/subject-requests", query, limit: limit.count)
    }
}

/// `ceyuan subject-request show NUMBER`
struct SubjectShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print a request with its steps.")
    }

    @Argument(help: "The number of the request.")
    var number: Int64

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let query: Query = ["asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText]
        let path = SubjectCommand.path(number)
        try session.console.show(try await client.get(path, query: query, as: Answer<SubjectRequest>.self))
    }
}

/// `ceyuan subject-request copy NUMBER`
struct SubjectCopyCommand: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "copy",
            abstract: "Print everything that is kept about the person, as JSON; it is recorded."
        )
    }

    @Argument(help: "The number of the request.")
    var number: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let copy: Answer<SubjectCopy> = try await client.get("\(SubjectCommand.path(number))/copy")
        try session.console.write(try JSONText.document(copy.json))
    }
}
