public import PostgresClient
public import ServiceLifecycle

/// A service of the platform: a value that says what it is, which a host mounts.
///
/// A new service is a new folder under `Services/` and one line in a host; its
/// schema stands in `Storage`, where `ceyuan migrate up` finds it, and
/// docs/architecture.md has every step. It may use what ``Platform`` hands it
/// and nothing else; it never imports another service.
///
/// A whole plugin, with a table, two routes and a background job:
///
/// ```swift
/// struct GuestBook: PlatformPlugin {
///     let manifest = PluginManifest(name: "guestbook", version: "1.0.0", summary: "Keeps greetings")
///
///     let migrations = [
///         Migration(
///             schema: "guestbook", version: 1, name: "greetings",
///             sql: "CREATE SCHEMA guestbook; CREATE TABLE guestbook.greeting (name text PRIMARY KEY, length int)"
///         )
///     ]
///
///     func mount(on api: APIRouter, in platform: Platform) {
///         api.post(
///             "/v1/greetings",
///             summary: "Leaves a greeting",
///             zh: "留下问候",
///             permission: .public,
///             body: .json(Greeting.self),
///             answers: [.json(Greeting.self, status: .created)],
///             problems: []
///         ) { request in
///             let greeting = try await request.body(as: Greeting.self)
///             try await platform.write(request.activity) { work in
///                 try await work.connection.execute("INSERT INTO guestbook.greeting (name) VALUES (\(greeting.name))")
///                 work.record(AuditEntry("greeting.create", of: greeting.name))
///                 try await platform.jobs.enqueue("guestbook.measure", greeting, on: work.connection)
///             }
///             platform.jobs.ring()
///             return try .json(greeting, status: .created, headers: [.location: "/v1/greetings/\(greeting.name)"])
///         }
///         api.get(
///             "/v1/greetings/{name}",
///             summary: "One greeting",
///             zh: "一条问候",
///             permission: .public,
///             answers: [.json(Greeting.self)],
///             problems: [.notFound]
///         ) { request in
///             let name = try request.path("name")
///             let rows = try await platform.database.query(
///                 "SELECT name, length FROM guestbook.greeting WHERE name = \(name)"
///             )
///             guard let row = rows.first else { throw Problem.notFound("greeting of", zh: "问候", name) }
///             let (found, length) = try row.decode((String, Int32?).self)
///             return try .json(Greeting(name: found, length: length))
///         }
///     }
///
///     func jobs(in platform: Platform) -> [JobHandler] {
///         [
///             JobHandler("guestbook.measure") { job in
///                 let name = try job.payload(as: Greeting.self).name
///                 try await platform.write(job.activity) { work in
///                     try await work.connection.execute(
///                         "UPDATE guestbook.greeting SET length = \(Int32(name.count)) WHERE name = \(name)"
///                     )
///                     work.record(AuditEntry("greeting.measure", of: name))
///                     try await job.complete(on: work.connection)
///                 }
///             }
///         ]
///     }
/// }
/// ```
///
/// The host does the rest: request ids, logs, metrics, problem details, limits,
/// health, graceful shutdown. See ``APIRouter`` for routes, ``Problem`` for
/// errors, ``JobQueue`` and ``JobHandler`` for background work.
public protocol PlatformPlugin: Sendable {
    /// Who it is.
    var manifest: PluginManifest { get }

    /// The keys of its configuration, below its name; it reads no others.
    var settings: [Setting] { get }

    /// The migrations of the schemas that it needs, oldest first. They only expand, backfill and contract, so that
    /// the previous release runs on them too. A host refuses to start while one of them is missing.
    var migrations: [Migration] { get }

    /// Declares its routes. Called once, before the host listens; does no input or output.
    ///
    /// - Throws: ``ConfigurationError`` when its part of the configuration is wrong: the host does not start.
    func mount(on api: APIRouter, in platform: Platform) throws

    /// Prepares what must be there before the host listens. Called once, when the database is known to be reachable
    /// and of the right schema.
    ///
    /// - Throws: Any error: the host does not start.
    func start(in platform: Platform) async throws

    /// The kinds of background work that it does.
    ///
    /// - Throws: ``ConfigurationError`` when its part of the configuration is wrong: the host does not start.
    func jobs(in platform: Platform) throws -> [JobHandler]

    /// What it runs beside, on hosts that work on jobs: things that go on as long as the host does.
    ///
    /// - Throws: ``ConfigurationError`` when its part of the configuration is wrong: the host does not start.
    func services(in platform: Platform) throws -> [any Service]

    /// What it listens on beside HTTP, on every host.
    ///
    /// - Throws: ``ConfigurationError`` when its part of the configuration is wrong: the host does not start.
    func listeners(in platform: Platform) throws -> [any Service]
}

extension PlatformPlugin {
    /// None.
    public var settings: [Setting] { [] }
    /// Nothing.
    public func start(in platform: Platform) async throws {}

    /// None.
    public func jobs(in platform: Platform) -> [JobHandler] { [] }
    /// None.
    public func services(in platform: Platform) -> [any Service] { [] }
    /// None.
    public func listeners(in platform: Platform) -> [any Service] { [] }
}
