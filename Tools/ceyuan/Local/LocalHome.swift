import DomainModel
import Glibc
import LocalPostgres

/// The directory for everything that the platform keeps on this machine: `CEYUAN_HOME`, or `.ceyuan` here.
struct LocalHome {
    /// The absolute path.
    let path: String

    /// Finds the directory; it need not exist.
    ///
    /// - Throws: ``Failure`` when the working directory cannot be told.
    init() throws {
        let name = Environment["CEYUAN_HOME"] ?? ".ceyuan"
        if name.hasPrefix("/") {
            path = name
            return
        }
        guard let directory = getcwd(nil, 0) else {
            let reason = Failure.systemMessage(errno)
            throw Failure(
                .local,
                "DIRECTORY_UNKNOWN",
                zh: "无法得知当前目录：\(reason.zh)",
                en: "The working directory cannot be told: \(reason.en)",
                hint: LocalizedText(
                    zh: "进入一个存在的目录，或设置 CEYUAN_HOME",
                    en: "Go to a directory that exists, or set CEYUAN_HOME"
                )
            )
        }
        defer { free(directory) }
        path = "\(String(cString: directory))/\(name)"
    }

    /// The private PostgreSQL cluster.
    var cluster: LocalCluster { LocalCluster(.init(directory: "\(path)/postgres")) }

    /// How to reach the running cluster.
    ///
    /// - Throws: ``Failure`` when it does not run.
    func runningEndpoint() async throws -> Endpoint {
        if let endpoint = try await cluster.status().endpoint { return endpoint }
        throw Failure(
            .local,
            "POSTGRES_NOT_RUNNING",
            zh: "本机私有 PostgreSQL 未运行：\(path)/postgres",
            en: "The private PostgreSQL is not running: \(path)/postgres",
            hint: LocalizedText(
                zh: "运行 ceyuan local up，或用 --database、CEYUAN_DATABASE_URL 指明另一数据库",
                en: "Run ceyuan local up, or name another database with --database or CEYUAN_DATABASE_URL"
            )
        )
    }
}
