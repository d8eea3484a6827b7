import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan role`: sets of permissions.
struct RoleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "role",
            abstract: "List roles with their permissions, and make roles of your own.",
            subcommands: [RoleList.self, RoleCreate.self]
        )
    }
}

/// `ceyuan role list`
struct RoleList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List roles with their permissions.")
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let page: Page<Role> = try await session.client(of: .registry).get("/v1/roles")
        try session.console.list(page.items)
    }
}

/// `ceyuan role create CODE`
struct RoleCreate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: "Make a role, or give one that you made before other permissions."
        )
    }

    @Argument(help: "The code: a–z, 0–9 and _.")
    var code: String

    @Option(help: "What it is called in Chinese; by default the code.")
    var nameZh: String?

    @Option(help: "What it is called in English; by default the code.")
    var nameEn: String?

    @Option(name: .customLong("permission"), help: "A permission; give the option once for each.")
    var permissions: [String]

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let name = LocalizedText(zh: nameZh ?? code, en: nameEn ?? code)
        let order = NewRole(code: code, name: name, permissions: permissions)
        try session.console.show(
            try await session.client(of: .registry).post("/v1/roles", body: order, as: Answer<Role>.self)
        )
    }
}
