import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan token`: API tokens.
struct TokenCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token",
            abstract: "List, make, renew and end API tokens.",
            discussion: "The secret of a new token is printed once, on standard output; it cannot be shown again.",
            subcommands: [TokenList.self, TokenCreate.self, TokenRotate.self, TokenRevoke.self]
        )
    }
}

/// `ceyuan token list`
struct TokenList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List your tokens, ended ones as well.")
    }

    @Option(help: "Those of another principal.")
    var principal: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(
            TokenRecord.self,
            of: .registry,
            "/v1/tokens",
            ["principal": principal],
            limit: nil
        )
    }
}

/// `ceyuan token create NAME`
struct TokenCreate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "create", abstract: "Make a token.")
    }

    @Argument(help: "What you call it: where it is used.")
    var name: String

    @Option(help: "For another principal, such as service:importer.")
    var principal: String?

    @Option(name: .customLong("permission"), help: "Limit it to a permission; give the option once for each.")
    var permissions: [String] = []

    @Option(help: "How many days it holds, 1 to 366.")
    var days = 90

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = NewToken(
            principal: principal,
            name: name,
            scope: permissions.isEmpty ? nil : permissions,
            days: days
        )
        try session.console.show(
            try await session.client(of: .registry).post("/v1/tokens", body: order, as: Answer<IssuedToken>.self)
        )
    }
}

/// `ceyuan token rotate ID`
struct TokenRotate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "rotate", abstract: "Make a token like another, which ends at once.")
    }

    @Argument(help: "The number of the token.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.console.show(
            try await session.client(of: .registry)
                .post("/v1/tokens/\(id)/rotation", body: TokenRotation(), as: Answer<IssuedToken>.self)
        )
    }
}

/// `ceyuan token revoke ID`
struct TokenRevoke: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "revoke", abstract: "End a token at once.")
    }

    @Argument(help: "The number of the token.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.client(of: .registry).delete("/v1/tokens/\(id)")
        session.console.remark(session.console("令牌 \(id) 已失效。", "Token \(id) is ended."))
    }
}
