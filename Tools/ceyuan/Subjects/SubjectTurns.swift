import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan subject-request take NUMBER --remark TEXT`
struct SubjectTake: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "take", abstract: "Say that you work on it, and how you know who asks.")
    }

    @Argument(help: "The number of the request.")
    var number: Int64

    @Option(help: "How it was made sure who asks.")
    var remark: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.turn(number, "take", SubjectStepOrder(remark: remark))
    }
}

/// `ceyuan subject-request done NUMBER`
struct SubjectDone: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "done",
            abstract: "Say that it is done.",
            discussion: """
                A copy must have been given out, a record erased; for correct, --recording is the version of the record \
                that mended it; restrict and explain need a remark.
                """
        )
    }

    @Argument(help: "The number of the request.")
    var number: Int64

    @Option(help: ArgumentHelp("The version of the record that mended it.", valueName: "number"))
    var recording: Int64?

    @Option(help: "What was done.")
    var remark: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.turn(number, "done", SubjectStepOrder(remark: remark, recording: recording))
    }
}

/// `ceyuan subject-request refuse NUMBER --remark TEXT`
struct SubjectRefuse: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "refuse", abstract: "Refuse it, with the reason that the person is told.")
    }

    @Argument(help: "The number of the request.")
    var number: Int64

    @Option(help: "Why.")
    var remark: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.turn(number, "refuse", SubjectStepOrder(remark: remark))
    }
}

extension Session {
    fileprivate func turn(_ number: Int64, _ verb: String, _ order: SubjectStepOrder) async throws {
        let path = "\(SubjectCommand.path(number))/\(verb)"
        try console.show(try await client(of: .registry).post(path, body: order, as: Answer<SubjectRequest>.self))
    }
}
