public import AuditTrail
public import Logging
import PostgresClient

/// How a host runs, read from the configuration.
///
/// A key `a.bC` is `CEYUAN_A_B_C` in the environment. `--help` of a host prints
/// this list.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `listen.host` | 127.0.0.1 | address to listen on |
/// | `listen.port` | per host | 0…65535; 0 takes a free port |
/// | `listen.socket` | – | Unix socket to listen on instead; up to 107 bytes |
/// | `addressFile` | – | file that gets the address once the host listens |
/// | `database.url` | libpq's own | connection string (URI or `key=value`) |
/// | `database.connections` | 10 | 2…500: connections at most |
/// | `database.statementTimeoutSeconds` | 0 | 0…86400; 0 sets no limit |
/// | `database.allowPrivilegedRole` | false | whether a role may be used to which row-level security does not apply |
/// | `directories.data` | ./data | files that are kept |
/// | `directories.keysFile` | – | keys that kept files are sealed with |
/// | `directories.minimumFreeMegabytes` | 256 | 0…1000000000: free space under which the host is not ready |
/// | `directories.spool` | `data`/spool | files that arrive |
/// | `http.answersKeptHours` | 24 | 1…8760: how long the answer to an idempotency key is kept |
/// | `http.bodyBytes` | 1048576 | 1…2^40: longest body of routes that set no limit themselves |
/// | `http.bodyGraceSeconds` | 10 | 1…3600: waiting for a body that is granted before its rate counts |
/// | `http.bodyRate` | 500 | 0…1000000000: bytes a second that a body must come at; 0 asks for none |
/// | `http.compressionBytes` | 1024 | 1…1000000000: shortest answer that is packed with zstd or gzip |
/// | `http.concurrency` | 512 | 1…100000: requests worked on at once; more get 503 |
/// | `http.connections` | 4096 | 1…1000000: open connections; more wait |
/// | `http.corsOrigins` | – | origins whose pages may use the API, commas between them; `*` allows all |
/// | `http.headerBytes` | 32768 | 1024…1048576: longest header |
/// | `http.headerSeconds` | 10 | 1…3600: longest time from a header's first byte to its last |
/// | `http.idleSeconds` | 75 | 1…86400: silence after which a connection is closed, also inside a request |
/// | `http.inflationRatio` | 200 | 1…100000: bytes that may come of one of a packed body, after 1 MiB |
/// | `http.rateBurst` | 200 | 1…1000000: requests of one identity at once |
/// | `http.ratePerSecond` | 0 | 0…1000000: requests of one identity a second; 0 sets no limit |
/// | `http.requestSeconds` | 120 | 0…86400: time to answer after the body's last piece; 0 sets no limit |
/// | `identity.cacheMilliseconds` | 2000 | 0…60000: how long a revoked token may still pass |
/// | `identity.oidc.issuer` | – | OpenID provider whose tokens are taken: their `iss` |
/// | `identity.oidc.audience` | – | what must stand in their `aud` |
/// | `identity.oidc.jwksUrl` | – | address of the provider's key set |
/// | `identity.oidc.jwksFile` | – | file with the key set instead |
/// | `identity.oidc.claim` | sub | claim that is compared with the subject of users |
/// | `identity.oidc.leewaySeconds` | 60 | 0…300: how far clocks may differ |
/// | `identity.publicMetrics` | true | whether `/metrics` answers without a token |
/// | `jobs.enabled` | true | whether this process works on jobs |
/// | `jobs.pollMilliseconds` | 250 | 10…3600000 |
/// | `jobs.drainSeconds` | 20 | 0…3600: how long jobs may go on after a signal to stop |
/// | `jobs.keptDays` | 30 | 1…36500: how long jobs that are over are kept |
/// | `events.keptDays` | 90 | 1…36500: how long events stay in the feed |
/// | `audit.keyFile` | – | file of mode 0600 with the key that signs the audit trail |
/// | `log.level` | info | trace, debug, info, notice, warning, error, critical |
/// | `log.format` | text | text, json |
/// | `shutdown.delaySeconds` | 0 | 0…3600: not ready, but still answering, before the host stops listening |
/// | `shutdown.graceSeconds` | 30 | 1…3600: after a signal, all is cancelled when this has passed |
public struct HostConfiguration: Sendable {
    /// Address to listen on.
    public var host = "127.0.0.1"
    /// Port to listen on; 0 takes a free one.
    public var port: Int
    /// Unix socket to listen on instead.
    public var socket: String?
    /// File that gets the address once the host listens.
    public var addressFile: String?
    /// Connection string; empty means libpq's environment and defaults.
    public var databaseURL = Secret("")
    /// Connections at most.
    public var databaseConnections = 10
    /// The longest a statement may run; `nil` sets no limit.
    public var statementTimeout: Duration?
    /// Whether a database role may be used to which row-level security does not apply. Tests may.
    public var allowsPrivilegedRole = true
    /// Where files are kept.
    public var directories = PlatformDirectories(data: "data", spool: "data/spool")
    /// Free space of the directories under which the host is not ready, in bytes.
    public var minimumFreeBytes = 256 << 20
    /// How long the answer to an idempotency key is kept, in seconds.
    public var answersKept = 86_400
    /// Longest body of routes that set no limit themselves.
    public var bodyBytes = 1_048_576
    /// The rate of a body below which its sender is too slow, in bytes a second; 0 asks for none.
    public var bodyRate = 500
    /// Waiting for a body that is granted before its rate counts.
    public var bodyGrace: Duration = .seconds(10)
    /// Shortest answer that is packed, in bytes.
    public var compressionBytes = 1_024
    /// How many bytes may come of one of a packed body, after the first mebibyte.
    public var inflationRatio = 200
    /// Origins whose pages may use the API.
    public var corsOrigins: [String] = []
    /// Requests of one identity a second; 0 sets no limit.
    public var ratePerSecond = 0
    /// Requests of one identity at once.
    public var rateBurst = 200
    /// Time to answer after the body's last piece; `nil` sets no limit.
    public var requestTimeout: Duration? = .seconds(120)
    /// Longest time from a header's first byte to its last.
    public var headerTimeout: Duration = .seconds(10)
    /// Requests worked on at once.
    public var concurrency = 512
    /// Open connections.
    public var connections = 4_096
    /// Longest header.
    public var headerBytes = 32_768
    /// Silence after which a connection is closed.
    public var idleTimeout: Duration = .seconds(75)
    /// Whether this process works on jobs.
    public var jobsEnabled = true
    /// How often the queue is looked at.
    public var jobsInterval: Duration = .milliseconds(250)
    /// How long jobs may go on after a signal to stop.
    public var jobsDrain: Duration = .seconds(20)
    /// How long jobs that are over are kept.
    public var jobsKeptDays = 30
    /// How long events stay in the feed.
    public var eventsKeptDays = 90
    /// Signs the audit trail; `nil` when no file is named.
    public var auditKey: AuditKey?
    /// What is logged.
    public var logLevel = Logger.Level.info
    /// How it is logged.
    public var logFormat = LogFormat.text
    /// Time between “not ready” and no longer listening.
    public var shutdownDelay: Duration = .zero
    /// After a signal, all is cancelled when this has passed.
    public var shutdownGrace: Duration = .seconds(30)

    /// The defaults, for tests.
    public init(port: Int = 0) { self.port = port }

    /// Reads all keys.
    ///
    /// - Throws: ``ConfigurationError`` for the first value that cannot be used.
    public init(_ configuration: PlatformConfiguration, defaultPort: Int) throws {
        func seconds(_ key: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Duration {
            .seconds(try configuration.integer(key, in: range, default: fallback))
        }
        host = try configuration.text("listen.host") ?? "127.0.0.1"
        port = try configuration.integer("listen.port", in: 0...65_535, default: defaultPort)
        socket = try configuration.text("listen.socket")
        if let socket, socket.utf8.count > 107 {
            throw ConfigurationError(key: "listen.socket", given: socket, expected: "a path of up to 107 bytes")
        }
        addressFile = try configuration.text("addressFile")
        databaseURL = Secret(try configuration.text("database.url", isSecret: true) ?? "")
        databaseConnections = try configuration.integer("database.connections", in: 2...500, default: 10)
        let timeout = try configuration.integer("database.statementTimeoutSeconds", in: 0...86_400, default: 0)
        statementTimeout = timeout > 0 ? .seconds(timeout) : nil
        allowsPrivilegedRole = try configuration.boolean("database.allowPrivilegedRole", default: false)
        let data = try configuration.text("directories.data") ?? "data"
        directories = PlatformDirectories(
            data: data,
            spool: try configuration.text("directories.spool") ?? "\(data)/spool",
            keysFile: try configuration.text("directories.keysFile")
        )
        minimumFreeBytes =
            try configuration.integer("directories.minimumFreeMegabytes", in: 0...1_000_000_000, default: 256) << 20
        answersKept = 3_600 * (try configuration.integer("http.answersKeptHours", in: 1...8_760, default: 24))
        bodyBytes = try configuration.integer("http.bodyBytes", in: 1...(1 << 40), default: 1_048_576)
        bodyRate = try configuration.integer("http.bodyRate", in: 0...1_000_000_000, default: 500)
        bodyGrace = try seconds("http.bodyGraceSeconds", in: 1...3_600, default: 10)
        compressionBytes = try configuration.integer("http.compressionBytes", in: 1...1_000_000_000, default: 1_024)
        inflationRatio = try configuration.integer("http.inflationRatio", in: 1...100_000, default: 200)
        corsOrigins = try Self.origins(try configuration.text("http.corsOrigins") ?? "")
        ratePerSecond = try configuration.integer("http.ratePerSecond", in: 0...1_000_000, default: 0)
        rateBurst = try configuration.integer("http.rateBurst", in: 1...1_000_000, default: 200)
        let answer = try configuration.integer("http.requestSeconds", in: 0...86_400, default: 120)
        requestTimeout = answer > 0 ? .seconds(answer) : nil
        headerTimeout = try seconds("http.headerSeconds", in: 1...3_600, default: 10)
        concurrency = try configuration.integer("http.concurrency", in: 1...100_000, default: 512)
        connections = try configuration.integer("http.connections", in: 1...1_000_000, default: 4_096)
        headerBytes = try configuration.integer("http.headerBytes", in: 1_024...1_048_576, default: 32_768)
        idleTimeout = try seconds("http.idleSeconds", in: 1...86_400, default: 75)
        jobsEnabled = try configuration.boolean("jobs.enabled", default: true)
        jobsInterval = .milliseconds(
            try configuration.integer("jobs.pollMilliseconds", in: 10...3_600_000, default: 250)
        )
        jobsDrain = try seconds("jobs.drainSeconds", in: 0...3_600, default: 20)
        jobsKeptDays = try configuration.integer("jobs.keptDays", in: 1...36_500, default: 30)
        eventsKeptDays = try configuration.integer("events.keptDays", in: 1...36_500, default: 90)
        auditKey = try configuration.text("audit.keyFile").map { try AuditKey(file: $0) }
        logLevel = try configuration.choice("log.level", default: .info)
        logFormat = try configuration.choice("log.format", default: .text)
        shutdownDelay = try seconds("shutdown.delaySeconds", in: 0...3_600, default: 0)
        shutdownGrace = try seconds("shutdown.graceSeconds", in: 1...3_600, default: 30)
    }

    /// How the pool reaches the database.
    ///
    /// - Throws: ``ConfigurationError`` when the connection string is malformed; its text is not repeated, since it may
    ///   hold a password.
    func postgres(applicationName: String) throws -> PostgresConfiguration {
        do {
            var configuration = try PostgresConfiguration(connectionString: databaseURL.text)
            configuration.applicationName = applicationName
            configuration.maximumConnections = databaseConnections
            configuration.statementTimeout = statementTimeout
            return configuration
        } catch {
            throw ConfigurationError(
                key: "database.url",
                given: Secret.placeholder,
                expected: "postgresql://user@host:port/database or key=value words"
            )
        }
    }
}
