import CLibPQ

/// How to reach a database, and how a pool treats its connections.
///
/// ```swift
/// var configuration = try PostgresConfiguration(connectionString: "postgresql://ceyuan@db.example/ceyuan?sslmode=verify-full")
/// configuration.maximumConnections = 20
/// ```
public struct PostgresConfiguration: Sendable {
    /// libpq's connection parameters that were given; for all others libpq uses the environment (`PGHOST`, …), the
    /// service file, the password file, and its defaults.
    let parameters: [(keyword: String, value: String)]

    /// The name shown in `pg_stat_activity`, unless the connection string names one. Default: none.
    public var applicationName: String?
    /// The longest time a statement may run at the server; nil leaves the server's setting. Default: nil.
    public var statementTimeout: Duration?
    /// How much longer than a statement's timeout the server may be silent before the connection is given up. The
    /// server cannot end a statement when the network swallows its answer; without a statement timeout, only TCP's
    /// keepalives (`keepalives_idle`, `tcp_user_timeout` in the connection string) notice. Default: 5 s.
    public var silenceGrace: Duration = .seconds(5)
    /// The longest time for making a connection, over all hosts; a `connect_timeout` of the connection string (in
    /// seconds) goes first. Default: 10 s.
    public var connectTimeout: Duration
    /// The longest wait, after a task was cancelled, until the server has taken the cancel request; then the connection
    /// is given up. libpq's own call waits for as long as TCP does. Default: 2 s.
    public var cancelTimeout: Duration = .seconds(2)
    /// Prepared statements kept by each connection; 0 turns preparing off (as PgBouncer before 1.21 needs in
    /// transaction mode). Default: 256.
    public var statementCacheSize = 256

    /// Connections that ``PostgresPool/run()`` keeps open even when idle. Default: 0.
    public var minimumConnections = 0
    /// The most connections open at once. Default: 10.
    public var maximumConnections = 10
    /// The longest wait for a free connection before `pool-timeout`. Default: 30 s.
    public var acquireTimeout: Duration = .seconds(30)
    /// The age at which a connection is replaced when it is next free; each draws up to a tenth more, so that they do
    /// not all go at once. Default: 1 h.
    public var maximumLifetime: Duration = .seconds(3600)
    /// How long a connection above the minimum may stay idle; needs ``PostgresPool/run()``. Default: 10 min.
    public var idleTimeout: Duration = .seconds(600)
    /// How often ``PostgresPool/run()`` looks after idle connections. Default: 30 s.
    public var maintenanceInterval: Duration = .seconds(30)
    /// The most connections that ``PostgresPool/reader`` opens, beside ``maximumConnections``. Default: 2.
    public var readerConnections = 2
    /// The most reads on their way over one of them. Default: 64.
    public var readerDepth = 64
    /// The value of the metrics' label `pool`. Default: `default`.
    public var poolName = "default"

    /// Reads a connection string with libpq's own parser, so that every libpq option works.
    ///
    /// - Parameter connectionString: A URI (`postgresql://user@host:port/database?option=value`) or `key=value` words;
    ///   the empty string means libpq's environment and defaults.
    /// - Throws: ``PostgresError`` with code `configuration`.
    public init(connectionString: String) throws {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &message) else {
            var server = PostgresError.Server()
            server.message = message.map { String(cString: $0) }
            PQfreemem(message)
            throw PostgresError(
                .configuration,
                server: server,
                reason: "the connection string is malformed; expected postgresql://… or key=value words"
            )
        }
        defer { PQconninfoFree(options) }
        var parameters: [(keyword: String, value: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parameters.append((String(cString: keyword), String(cString: value)))
            }
            option += 1
        }
        self.parameters = parameters
        let seconds = parameters.first { $0.keyword == "connect_timeout" }.flatMap { Int($0.value) }
        connectTimeout = seconds.map { $0 > 0 ? .seconds($0) : .seconds(86_400) } ?? .seconds(10)
    }

    /// What libpq is given: the parameters, and what the other properties add.
    func connectionParameters(isReadOnly: Bool = false) -> [(keyword: String, value: String)] {
        var all = parameters.filter { $0.keyword != "options" && $0.keyword != "client_encoding" }
        all.append(("client_encoding", "UTF8"))
        if let applicationName {
            all.append(("fallback_application_name", applicationName))
        }
        var options = parameters.filter { $0.keyword == "options" }.map(\.value)
        if let statementTimeout {
            // In the start-up packet rather than by SET, so that RESET ALL comes back to it.
            options.append("-c statement_timeout=\(statementTimeout.wholeMilliseconds)")
        }
        if isReadOnly {
            options.append("-c default_transaction_read_only=on")
        }
        if !options.isEmpty {
            all.append(("options", options.joined(separator: " ")))
        }
        return all
    }
}

extension PostgresConfiguration: CustomStringConvertible {
    /// Where it leads, without the password.
    public var description: String {
        let shown = parameters.filter { ["host", "hostaddr", "port", "dbname", "user"].contains($0.keyword) }
        return shown.map { "\($0.keyword)=\($0.value)" }.joined(separator: " ")
    }
}

extension Duration {
    /// Milliseconds, at least 1: PostgreSQL takes 0 as "no limit".
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
