import ArgumentParser
import DomainModel
import Glibc
import LocalPostgres

/// `ceyuan local psql`
struct LocalPSQL: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "psql",
            abstract: "Open psql on the private PostgreSQL.",
            usage: "ceyuan local psql [-- <psql arguments> ...]"
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    @Argument(parsing: .postTerminator, help: "Arguments of psql, after --.")
    var arguments: [String] = []

    func run(in session: Session) async throws {
        let endpoint = try await LocalHome().runningEndpoint()
        let words = ["psql", "--dbname=\(endpoint.connectionString)"] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        // Debian's own place first: `psql` in the PATH is a script there that looks for clusters of the system.
        for program in ["/usr/lib/postgresql/15/bin/psql", "psql"] {
            execvp(program, &pointers)
        }
        let reason = Failure.systemMessage(errno)
        for pointer in pointers { free(pointer) }
        throw Failure(
            .local,
            "PSQL_MISSING",
            zh: "无法启动 psql：\(reason.zh)",
            en: "psql cannot be started: \(reason.en)",
            hint: LocalizedText(zh: "apt-get install postgresql-client-15", en: "apt-get install postgresql-client-15")
        )
    }
}
