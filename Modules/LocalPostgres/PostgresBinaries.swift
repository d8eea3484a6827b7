import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// The PostgreSQL programs of this machine, and how they are run.
struct PostgresBinaries: Sendable {
    /// The oldest major version that the platform's SQL is written for.
    static let oldestMajor = 15
    private static let needed = ["initdb", "pg_ctl", "postgres", "psql"]

    let directory: String
    let major: Int

    /// Looks in `given`, then Debian's directory of version 15, then where `pg_config --bindir` says, then the PATH.
    static func find(given: String?) async throws -> PostgresBinaries {
        var candidates: [String] = []
        if let given {
            candidates = [given]
        } else {
            candidates.append("/usr/lib/postgresql/\(oldestMajor)/bin")
            if let configured = try? await output(of: "pg_config", ["--bindir"]) {
                candidates.append(configured)
            }
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            candidates += path.split(separator: ":").map(String.init)
        }
        for candidate in candidates {
            if needed.allSatisfy({ access("\(candidate)/\($0)", X_OK) == 0 }) {
                let version = try await output(of: "\(candidate)/postgres", ["--version"])
                let major = version.split(separator: " ").compactMap { Int($0.prefix { $0.isNumber }) }.first ?? 0
                guard major >= oldestMajor else {
                    throw LocalPostgresError(
                        .versionMismatch,
                        "\(candidate) has PostgreSQL \(major); \(oldestMajor) or later is needed."
                            + " Install it: apt-get install postgresql-\(oldestMajor)",
                        zh:
                            "\(candidate) 中是 PostgreSQL \(major)，需要 \(oldestMajor) 或更新版本。安装：apt-get install postgresql-\(oldestMajor)"
                    )
                }
                return PostgresBinaries(directory: candidate, major: major)
            }
        }
        let names = needed.joined(separator: ", ")
        throw LocalPostgresError(
            .binariesMissing,
            "PostgreSQL's programs (\(names)) were not found in \(given ?? "the usual places or the PATH")."
                + " Install them: apt-get install postgresql-\(oldestMajor)",
            zh: "在\(given ?? "常用位置与 PATH 中")未找到 PostgreSQL 程序（\(names)）。安装：apt-get install postgresql-\(oldestMajor)"
        )
    }

    private static func output(of program: String, _ arguments: [String]) async throws -> String {
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable,
            arguments: Arguments(arguments),
            output: .string(limit: 4096),
            error: .discarded
        )
        return result.standardOutput.trimmed
    }

    /// What a program printed and whether it succeeded.
    struct Outcome: Sendable {
        let succeeded: Bool
        let output: String
        let error: String
    }

    /// Runs a PostgreSQL program as the account, in `/` and with a clean environment: the caller's `PG…` variables
    /// must not lead it to another cluster.
    func run(_ program: String, _ arguments: [String], as account: ServerAccount) async throws -> Outcome {
        try await Self.run("\(directory)/\(program)", arguments, as: account)
    }

    static func run(_ path: String, _ arguments: [String], as account: ServerAccount) async throws -> Outcome {
        let command = account.command(path, arguments)
        let result = try await Subprocess.run(
            .path(FilePath(command.path)),
            arguments: Arguments(command.arguments),
            environment: environment,
            workingDirectory: "/",
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        return Outcome(
            succeeded: result.terminationStatus.isSuccess,
            output: result.standardOutput.trimmed,
            error: result.standardError.trimmed
        )
    }

    static let environment = Environment.custom([
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8",
    ])
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
