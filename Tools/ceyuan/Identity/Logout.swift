import ArgumentParser
import DomainModel

/// `ceyuan logout`
struct Logout: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "logout",
            abstract: "Forget the token that ceyuan login kept.",
            discussion: "The token itself stays valid; end it with ceyuan token revoke."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var credentials = try Credentials.read()
        let count = credentials.entries.count
        credentials.remove(session.address(of: .registry))
        try credentials.write()
        let console = session.console
        console.remark(
            credentials.entries.count < count
                ? console("已忘记令牌。", "The token is forgotten.") : console("没有保存的令牌。", "No token was kept.")
        )
    }
}
