public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import PostgresClient

/// Mounts plugins and runs them as one process.
///
/// A host's executable is a list of plugins:
///
/// ```swift
/// import Ingest
/// import ServiceKit
///
/// await PlatformHost.main(name: "ceyuan-ingest", defaultPort: 8102, plugins: [IngestPlugin()])
/// ```
///
/// A test makes a host of its own parts and asks ``application(onListening:)``
/// for the HTTP side alone, or calls ``run(signals:onListening:)`` for all of it.
public struct PlatformHost: Sendable {
    /// The name of the program.
    public let name: String
    /// What it is made of.
    public let plugins: [any PlatformPlugin]
    /// How it runs.
    public let configuration: HostConfiguration
    /// Connections to PostgreSQL.
    public let database: PostgresPool
    /// Where it logs.
    public let logger: Logger
    /// Where it counts.
    public let metrics: PrometheusRegistry

    private let settings: PlatformConfiguration
    let clock: PlatformClock
    private let authenticator: (any Authenticator)?
    let jobs: JobQueue
    let state = HostState()
    private let deferred = DeferredRoutes()
    let deadlines: RequestDeadlines

    /// Puts a host together; nothing runs yet.
    ///
    /// - Parameters:
    ///   - name: The name of the program.
    ///   - plugins: What it is made of.
    ///   - configuration: How it runs.
    ///   - settings: Where plugins find their own parts of the configuration.
    ///   - database: Connections to PostgreSQL; the host runs the pool.
    ///   - clock: Whose time the plugins see.
    ///   - authenticator: Who tells callers apart; `nil` asks the database, as in use.
    ///   - logger: Where it logs.
    ///   - metrics: Where it counts.
    public init(
        name: String,
        plugins: [any PlatformPlugin],
        configuration: HostConfiguration = HostConfiguration(),
        settings: PlatformConfiguration = PlatformConfiguration(),
        database: PostgresPool,
        clock: PlatformClock = .system,
        authenticator: (any Authenticator)? = nil,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        metrics: PrometheusRegistry = PrometheusRegistry()
    ) {
        self.name = name
        self.plugins = plugins
        self.configuration = configuration
        self.settings = settings
        self.database = database
        self.clock = clock
        self.authenticator = authenticator
        self.logger = logger
        self.metrics = metrics
        self.jobs = JobQueue()
        for (name, help) in PostgresPool.metricDescriptions { metrics.describe(name, help) }
        deadlines = RequestDeadlines(limit: configuration.requestTimeout)
    }

    /// What a plugin is handed.
    public func platform(for plugin: any PlatformPlugin) -> Platform {
        platform(plugin.manifest.name, declaring: plugin.settings)
    }

    private func platform(_ owner: String, declaring keys: [Setting]) -> Platform {
        var logger = logger
        logger[metadataKey: "plugin"] = .string(owner)
        return Platform(
            database: database,
            clock: clock,
            logger: logger,
            metrics: metrics,
            configuration: settings.scoped(to: owner, declaring: keys),
            jobs: jobs,
            auditKey: configuration.auditKey,
            directories: configuration.directories,
            permissions: Permission.ofPlatform + plugins.flatMap(\.manifest.permissions),
            neighbour: { [state, names = plugins.map(\.manifest.name)] name in
                names.contains(name) ? state.address : nil
            }
        )
    }

    /// The HTTP side: every plugin's routes, health and metrics.
    ///
    /// - Parameter onListening: Told the address once the host listens.
    /// - Returns: An application that Hummingbird or its test framework runs.
    /// - Throws: What a plugin throws while it is mounted; an error when two routes or two names are the same.
    public func application(
        onListening: @escaping @Sendable (_ address: String) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let manifests = plugins.map(\.manifest)
        if let name = manifests.map(\.name).firstDuplicate { throw HostError.duplicate("plugin \(name)") }
        let identity = try IdentitySettings(settings)
        let api = APIRouter()
        try HealthRoutes(
            name: name,
            version: PlatformVersion.current,
            manifests: manifests,
            checks: checks,
            metrics: metrics,
            metricsPermission: identity.metricsPermission
        )
        .mount(on: api)
        var long: [String: String] = [:]
        for plugin in plugins {
            let known = api.routes.count
            try plugin.mount(on: api, in: platform(for: plugin))
            for route in api.routes.dropFirst(known) where route.isLong { long[route.path] = plugin.manifest.name }
        }
        OperationRoutes(platform: platform("operations", declaring: [])).mount(on: api)
        ProblemRoute.mount(on: api)
        let fields = try OpenAPIRoute.mount(on: api, title: name, manifests: manifests)

        try PermissionCheck(manifests).check(api.routes)

        let table = try RouteTable(api.routes)
        deferred.fill(table, plugins: long)
        let middleware = RequestMiddleware(
            routes: table,
            metrics: metrics,
            limit: ConcurrencyLimit(maximum: configuration.concurrency),
            crossOrigin: CrossOrigin(configuration.corsOrigins),
            logger: logger
        )
        return Application(
            responder: RouteResponder(
                table: table,
                middleware: middleware,
                access: AccessCheck(
                    authenticator: authenticator
                        ?? IdentityService(
                            database: database,
                            clock: clock,
                            settings: identity,
                            deadlines: deadlines,
                            logger: logger
                        )
                ),
                configuration: configuration,
                fields: fields,
                keyedRequests: keyedRequests(keptFor: configuration.answersKept),
                deferral: Deferral(
                    platform: platform("operations", declaring: []),
                    routes: deferred,
                    keptFor: operationsKept
                ),
                deadlines: deadlines,
                rate: RateLimit(rate: configuration.ratePerSecond, burst: configuration.rateBurst)
            ),
            server: server,
            configuration: .init(
                address: configuration.socket.map { .unixDomainSocket(path: $0) }
                    ?? .hostname(configuration.host, port: configuration.port),
                serverName: "ceyuan/\(PlatformVersion.current)",
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(connections, logger: quiet)
            ),
            onServerRunning: { [configuration, state] channel in
                let port = channel.localAddress?.port ?? configuration.port
                let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
                let address = configuration.socket.map { "unix:\($0)" } ?? "http://\(host):\(port)"
                state.listens(on: address)
                await onListening(address)
            },
            logger: quiet
        )
    }

    /// How many connections are taken at once: as configured, unless the system gives too few files for that.
    private var connections: Int {
        let files = OpenFiles.raised()
        let wanted = configuration.connections
        let own = database.configuration
        let possible = files.connections(
            wanted: wanted,
            database: own.maximumConnections + own.readerConnections
        )
        if possible < wanted {
            logger.warning(
                "fewer connections than http.connections: the system lets this process open too few files",
                metadata: ["connections": "\(possible)", "files": "\(files.limit)"]
            )
        }
        return possible
    }

    /// How connections are served.
    private var server: HTTPServerBuilder {
        let refusals = Refusals(
            metrics: RequestMetrics(metrics),
            logger: logger,
            headBytes: configuration.headerBytes
        )
        let settings = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestBoundary(), ContinueHandler(), RefusedRequest(refusals)],
            idleTimeout: TimeAmount(configuration.idleTimeout),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: configuration.headerBytes,
                maxHeaderListSize: configuration.headerBytes,
                maxHeaderFieldCount: Refusals.maximumFields
            )
        )
        let limits = SenderPace.Limits(
            header: TimeAmount(configuration.headerTimeout),
            bodyRate: configuration.bodyRate,
            bodyGrace: TimeAmount(configuration.bodyGrace)
        )
        return HTTPServerBuilder { responder in
            HTTPConnections(
                base: HTTP1Channel(responder: responder, configuration: settings),
                limits: limits,
                refusals: refusals
            )
        }
    }

    /// The handlers of all plugins.
    ///
    /// - Throws: What a plugin throws; an error when two handlers take the same kind.
    func handlers() throws -> [JobHandler] {
        let later = DeferredWork(
            database: database,
            clock: clock,
            routes: deferred,
            keyed: keyedRequests(keptFor: operationsKept),
            keptFor: operationsKept,
            bodyLimit: configuration.bodyBytes
        )
        let handlers =
            try [sweep.handler] + deferred.plugins.map { later.handler(of: $0) }
            + plugins.flatMap { try $0.jobs(in: platform(for: $0)) }
        if let kind = handlers.map(\.kind).firstDuplicate { throw HostError.duplicate("handler of \(kind)") }
        return handlers
    }

    private func keyedRequests(keptFor seconds: Int) -> KeyedRequests {
        KeyedRequests(database: database, keptFor: seconds, secret: configuration.auditKey)
    }

    /// How long operations are kept, in seconds: as long as the history of the jobs that do them.
    private var operationsKept: Int { configuration.jobsKeptDays * 86_400 }

    /// Deletes what is kept of requests and has expired.
    var sweep: RequestSweep { RequestSweep(database: database, clock: clock, jobs: jobs) }

    /// Hummingbird and the lifecycle report their own steps at `info`; ours say the same in one line.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .notice)
        return logger
    }
}

extension Array where Element == String {
    /// The first element that stands twice.
    var firstDuplicate: String? {
        var seen: Set<String> = []
        return first { !seen.insert($0).inserted }
    }
}
