import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan user`: people and services that the platform knows.
struct UserCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "user",
            abstract: "List, show, add, shut out and let in users.",
            subcommands: [UserList.self, UserShow.self, UserCreate.self, UserDisable.self, UserEnable.self]
        )
    }
}

/// `ceyuan user list`
struct UserList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List users.")
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(User.self, of: .registry, "/v1/users", [:], limit: nil)
    }
}

/// `ceyuan user show ID`
struct UserShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print a user.")
    }

    @Argument(help: "The user: user:NAME or service:NAME.")
    var id: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let path = "/v1/users/\(PercentEncoding.encode(id))"
        try session.console.show(try await session.client(of: .registry).get(path, as: Answer<User>.self))
    }
}

/// `ceyuan user create ID`
struct UserCreate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: "Add a user, who may do nothing until a grant says so."
        )
    }

    @Argument(help: "The user: user:NAME or service:NAME.")
    var id: String

    @Option(help: "What people call them; by default the id.")
    var name: String?

    @Option(help: "The OpenID provider that knows them.")
    var issuer: String?

    @Option(help: "What that provider calls them.")
    var subject: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = NewUser(id: id, name: name ?? id, issuer: issuer, subject: subject)
        try session.console.show(
            try await session.client(of: .registry).post("/v1/users", body: order, as: Answer<User>.self)
        )
    }
}

/// `ceyuan user disable ID`
struct UserDisable: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "disable", abstract: "Shut a user out, with all of their tokens.")
    }

    @Argument(help: "The user.")
    var id: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws { try await session.setDisabled(true, id) }
}

/// `ceyuan user enable ID`
struct UserEnable: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "enable", abstract: "Let a user in again.")
    }

    @Argument(help: "The user.")
    var id: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws { try await session.setDisabled(false, id) }
}

extension Session {
    fileprivate func setDisabled(_ isDisabled: Bool, _ id: String) async throws {
        let path = "/v1/users/\(PercentEncoding.encode(id))"
        let answer = try await client(of: .registry)
            .put(path, body: UserChange(isDisabled: isDisabled), as: Answer<User>.self)
        try console.show(answer)
    }
}
