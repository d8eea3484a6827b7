import Glibc

/// A private PostgreSQL cluster: its own data directory, socket, port and password, apart from the machine's.
///
/// ```swift
/// let cluster = LocalCluster(.init(directory: "/srv/ceyuan/.ceyuan/postgres"))
/// let endpoint = try await cluster.up()          // initdb at the first time, then start
/// print(endpoint.connectionString)               // postgresql:///ceyuan?host=…
/// try await cluster.down()
/// ```
///
/// **Access.** The Unix socket stands in a directory of mode 0700 and asks for no password (`trust`): whoever can
/// reach it could read the data files anyway. TCP is 127.0.0.1 only and asks for a random SCRAM-SHA-256 password,
/// which is kept in a libpq password file of mode 0600.
///
/// **Root.** PostgreSQL refuses to run as root; then the server runs as `postgres` (or `nobody`), and its files may
/// have to live elsewhere with a link from the directory asked for: see ``Status/home``.
///
/// Every operation is idempotent, and safe when two processes run it at once (a lock file beside the directory).
public struct LocalCluster: Sendable {
    /// Where the cluster lives and how its server is set.
    public let configuration: Configuration

    /// Describes a cluster; nothing is touched until ``up()``.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// What a cluster is doing.
    public struct Status: Sendable, Hashable {
        /// The state of the server.
        public enum State: String, Sendable, Hashable {
            /// The cluster was never made.
            case absent
            /// The data are there, the server is not running.
            case stopped
            /// The server is running.
            case running
        }

        /// The state of the server.
        public let state: State
        /// The directory that really holds the files; nil when absent.
        public let home: String?
        /// The server's process, when running.
        public let processIdentifier: Int32?
        /// How to reach the server, when running.
        public let endpoint: Endpoint?
    }

    /// Tells what the cluster is doing, without changing anything.
    public func status() async throws -> Status {
        guard let home = try existingHome() else {
            return Status(state: .absent, home: nil, processIdentifier: nil, endpoint: nil)
        }
        guard let process = serverProcess(of: home) else {
            return Status(state: .stopped, home: home.path, processIdentifier: nil, endpoint: nil)
        }
        return Status(state: .running, home: home.path, processIdentifier: process, endpoint: recordedEndpoint(home))
    }

    /// Makes the cluster if it is absent, starts it if it is stopped, and makes sure of the database.
    ///
    /// A `postmaster.pid` left by a crash or a power cut is recognised (its process is not this cluster's server) and
    /// removed. An `initdb` that was killed half-way is begun again.
    ///
    /// - Returns: How to reach the server.
    /// - Throws: ``LocalPostgresError``.
    @discardableResult
    public func up() async throws -> Endpoint {
        guard configuration.directory.hasPrefix("/") else {
            throw LocalPostgresError(
                .unusableDirectory,
                "The cluster's directory must be an absolute path: \(configuration.directory)",
                zh: "集群目录必须是绝对路径：\(configuration.directory)"
            )
        }
        return try await locked {
            let binaries = try await PostgresBinaries.find(given: configuration.binaries)
            let home = try await makeHome()
            if serverProcess(of: home) != nil, let endpoint = recordedEndpoint(home) {
                try await ensureDatabase(endpoint, binaries: binaries, home: home)
                return endpoint
            }
            let socketDirectory = try makeSocketDirectory(in: home)
            try await startGuard(home: home, socketDirectory: socketDirectory)
            try await initialise(home, binaries: binaries)
            removeStaleLocks(home, socketDirectory: socketDirectory)
            let endpoint = try await start(home, binaries: binaries, socketDirectory: socketDirectory)
            try await ensureDatabase(endpoint, binaries: binaries, home: home)
            return endpoint
        }
    }

    /// Stops the server, if it runs, and waits for it; connections are ended (`fast` shutdown), data are kept.
    ///
    /// - Throws: ``LocalPostgresError`` with `stop-failed` when the server does not stop within a minute.
    public func down() async throws {
        try await locked { try await stop() }
    }

    /// Stops the server and deletes all files of the cluster.
    public func destroy() async throws {
        try await locked {
            try await stop()
            guard let home = try existingHome() else {
                return
            }
            if let endpoint = recordedEndpoint(home), !endpoint.socketDirectory.hasPrefix(home.path) {
                rmdir(endpoint.socketDirectory)
            }
            Files.remove(home.path)
            if Files.isLink(configuration.directory) {
                unlink(configuration.directory)
            }
        }
        unlink(configuration.directory + ".lock")
    }

    private func stop() async throws {
        guard let home = try existingHome(), serverProcess(of: home) != nil else {
            return
        }
        let binaries = try await PostgresBinaries.find(given: configuration.binaries)
        let outcome = try await binaries.run(
            "pg_ctl",
            ["stop", "-D", home.data, "-m", "fast", "-t", "60", "-w", "-s"],
            as: home.account
        )
        guard outcome.succeeded || serverProcess(of: home) == nil else {
            throw LocalPostgresError(
                .stopFailed,
                "The server in \(home.path) did not stop within 60 s; its log is \(home.log).",
                zh: "\(home.path) 中的服务器未能在 60 秒内停止；日志见 \(home.log)。",
                output: outcome.error
            )
        }
    }

    /// The process of this cluster's running server.
    ///
    /// The number in `postmaster.pid` alone proves nothing: after a crash another process may have it. A postmaster's
    /// working directory is its data directory.
    func serverProcess(of home: ClusterHome) -> Int32? {
        guard let lines = Files.read(home.data + "/postmaster.pid"),
            let process = lines.split(separator: "\n").first.flatMap({ Int32($0) }), process > 0
        else {
            return nil
        }
        guard let working = realpath("/proc/\(process)/cwd", nil) else {
            return nil
        }
        defer { free(working) }
        return String(cString: working) == home.data ? process : nil
    }

    func recordedEndpoint(_ home: ClusterHome) -> Endpoint? {
        Files.read(home.endpointFile).flatMap {
            Endpoint(
                record: $0,
                user: configuration.user,
                database: configuration.database,
                passwordFile: home.passwordFile
            )
        }
    }
}
