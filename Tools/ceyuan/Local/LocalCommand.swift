import ArgumentParser

/// `ceyuan local`: a private PostgreSQL on this machine.
struct LocalCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "local",
            abstract: "Run a private PostgreSQL on this machine.",
            discussion: """
                Its data, socket, log and password are under CEYUAN_HOME, or .ceyuan in the working directory. The \
                machine's own PostgreSQL is never touched.
                """,
            subcommands: [LocalUp.self, LocalDown.self, LocalStatus.self, LocalURL.self, LocalPSQL.self]
        )
    }
}
