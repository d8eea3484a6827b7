import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PostgresClient
import ServiceKit
import Testing

/// A plugin made of closures, for tests of one thing.
struct SketchPlugin: PlatformPlugin {
    var name = "sketch"
    var permissions: [Permission] = []
    var migrations: [Migration] = []
    var routes: @Sendable (APIRouter, Platform) throws -> Void = { _, _ in }
    var handlers: @Sendable (Platform) -> [JobHandler] = { _ in [] }

    var manifest: PluginManifest {
        PluginManifest(name: name, version: "0.0.1", summary: "A sketch", permissions: permissions)
    }
    func mount(on api: APIRouter, in platform: Platform) throws { try routes(api, platform) }
    func jobs(in platform: Platform) -> [JobHandler] { handlers(platform) }
}

/// A pool that leads nowhere, for routes that need no database.
func unconnectedPool() throws -> PostgresPool {
    var configuration = try PostgresConfiguration(connectionString: "host=/nonexistent dbname=none")
    configuration.acquireTimeout = .milliseconds(100)
    return PostgresPool(configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}

/// Asks the routes of a host without a socket.
func withRoutes(
    metrics: PrometheusRegistry = PrometheusRegistry(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ routes: @escaping @Sendable (APIRouter) throws -> Void,
    configure: (inout HostConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
) async throws {
    var configuration = HostConfiguration()
    configure(&configuration)
    let host = PlatformHost(
        name: "ceyuan-test",
        plugins: [SketchPlugin(routes: { api, _ in try routes(api) })],
        configuration: configuration,
        database: try unconnectedPool(),
        logger: logger,
        metrics: metrics
    )
    try await host.application().test(.router) { client in try await body(client) }
}

/// A problem as a program would read it.
struct WireProblem: Decodable {
    struct Parameter: Decodable, Equatable {
        var name: String
        var code: String
        var given: String?
    }

    var type: String
    var status: Int
    var code: String
    var title: String
    var title_en: String
    var title_zh: String
    var detail: String
    var detail_en: String
    var detail_zh: String
    var hint: String?
    var instance: String?
    var requestId: String
    var parameters: [Parameter]?
    var pointer: String?
    var receipt: [String: Int]?
}

/// Routes of tests that are about something else than what a route declares.
extension APIRouter {
    private static let anything = [200, 201, 202, 204].flatMap { code -> [Route.Answer] in
        [.media(["*/*"], status: .init(code: code)), .empty(.init(code: code))]
    }

    func get(
        _ path: String,
        summary: String,
        permission: Permission = .public,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        handler: @escaping Handler
    ) {
        get(
            path,
            summary: summary,
            zh: summary,
            permission: permission,
            parameters: parameters,
            query: query,
            answers: Self.anything,
            problems: ProblemCode.catalogue + [.lineageCodeInvalid],
            handler: handler
        )
    }

    func post(
        _ path: String,
        summary: String,
        permission: Permission = .public,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        accepts: [String] = ["application/json"],
        bodyLimit: Int? = nil,
        handler: @escaping Handler
    ) {
        post(
            path,
            summary: summary,
            zh: summary,
            permission: permission,
            parameters: parameters,
            query: query,
            body: .file(accepts),
            bodyLimit: bodyLimit,
            answers: Self.anything,
            problems: ProblemCode.catalogue + [.lineageCodeInvalid],
            handler: handler
        )
    }

    func put(
        _ path: String,
        summary: String,
        permission: Permission = .public,
        accepts: [String] = ["application/json"],
        handler: @escaping Handler
    ) {
        put(
            path,
            summary: summary,
            zh: summary,
            permission: permission,
            body: .file(accepts),
            answers: Self.anything,
            problems: ProblemCode.catalogue + [.lineageCodeInvalid],
            handler: handler
        )
    }

    func delete(
        _ path: String,
        summary: String,
        permission: Permission = .public,
        handler: @escaping Handler
    ) {
        delete(
            path,
            summary: summary,
            zh: summary,
            permission: permission,
            answers: Self.anything,
            problems: ProblemCode.catalogue + [.lineageCodeInvalid],
            handler: handler
        )
    }
}

extension Parameter {
    init(
        _ name: String,
        _ kind: Kind = .text,
        _ summary: String,
        isRequired: Bool = false,
        isRepeatable: Bool = false
    ) {
        self.init(name, kind, summary, zh: summary, isRequired: isRequired, isRepeatable: isRepeatable)
    }
}
