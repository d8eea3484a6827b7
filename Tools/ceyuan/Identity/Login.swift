import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan login`
struct Login: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "login",
            abstract: "Keep a token for this user, so that later commands are signed in.",
            discussion: """
                The token is read from standard input, never from an argument, and kept in a file that only this user \
                can read. CEYUAN_TOKEN goes before it. The first administrator signs in with --bootstrap and the \
                socket in the data folder of the service, as the user of the service.
                """
        )
    }

    @Option(help: ArgumentHelp("Become the first administrator by a service's own socket.", valueName: "socket"))
    var bootstrap: String?

    @Option(help: "With --bootstrap: the name of the first administrator.")
    var user = "administrator"

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let address = session.address(of: .registry)
        if try !ServiceAddress(address).isProtected {
            session.console.remark(
                session.console(
                    "警告：\(address) 未加密，令牌可被途中任何人读取；请使用 https。",
                    "Warning: \(address) is not encrypted; whoever is on the way can read the token. Use https."
                )
            )
        }
        let token: String
        if let bootstrap {
            let order = BootstrapOrder(token: try BootstrapSocket.token(from: bootstrap), user: user, name: user)
            token = try await session.client(of: .registry, token: nil)
                .post("/v1/bootstrap", body: order, as: IssuedToken.self).token
        } else {
            token = try Self.secretOfInput(session.console)
        }
        // Kept only when it works.
        let answer = try await session.client(of: .registry, token: token)
            .get("/v1/session", as: Answer<SignedInSession>.self)
        var credentials = try Credentials.read()
        credentials.remove(address)
        credentials.entries.append(
            Credentials.Entry(
                address: address,
                principal: answer.value.principal,
                token: token,
                expiresAt: answer.value.expiresAt
            )
        )
        try credentials.write()
        try session.console.show(answer)
    }

    private static func secretOfInput(_ console: Console) throws -> String {
        let token = try SecretInput.line(
            console,
            zh: "粘贴令牌（不回显），然后回车：",
            en: "Paste the token (it is not shown), then Return:"
        ).filter { !$0.isWhitespace }
        guard !token.isEmpty else {
            throw Failure(
                .usage,
                "TOKEN_MISSING",
                zh: "标准输入中没有令牌",
                en: "There is no token on standard input",
                hint: LocalizedText(zh: "ceyuan login < 令牌文件", en: "ceyuan login < FILE")
            )
        }
        return token
    }
}
