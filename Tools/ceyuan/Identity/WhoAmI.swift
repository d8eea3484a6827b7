import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan whoami`
struct WhoAmI: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "whoami",
            abstract: "Tell as whom commands are signed in, and what that person may do."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.console.show(
            try await session.client(of: .registry).get("/v1/session", as: Answer<SignedInSession>.self)
        )
    }
}

extension SignedInSession: Listed {
    static var listing: [Column<SignedInSession>] {
        [
            .code("principal", "主体", "principal") { $0.principal },
            .text("name", "姓名", "name") { $0.name },
            .number("token", "令牌", "token") { $0.token },
        ]
            + Column.instant("expires_at", "有效至", "expires at") { $0.expiresAt }
            + [
                .text("permissions", "权限", "permissions") { session in
                    session.permissions.map { held in
                        held.regions.map { "\(held.permission) (\($0.joined(separator: " ")))" } ?? held.permission
                    }.joined(separator: ", ")
                }
            ]
    }
}
