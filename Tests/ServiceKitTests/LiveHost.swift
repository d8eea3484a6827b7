import Foundation
import Logging
import PostgresClient
import ServiceKit
import ServiceLifecycle

/// Runs a host on a free port while the body runs, and stops it in order.
func withLiveHost<Value: Sendable>(
    _ plugin: SketchPlugin,
    database: PostgresPool,
    settings: PlatformConfiguration = PlatformConfiguration(),
    metrics: PrometheusRegistry = PrometheusRegistry(),
    configure: (inout HostConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (_ address: String) async throws -> Value
) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("host-\(UUID().uuidString)").path
    var configuration = HostConfiguration()
    configuration.directories = PlatformDirectories(data: "\(folder)/data", spool: "\(folder)/data/spool")
    configure(&configuration)
    let host = PlatformHost(
        name: "ceyuan-test",
        plugins: [plugin],
        configuration: configuration,
        settings: settings,
        database: database,
        metrics: metrics
    )
    let (addresses, listening) = AsyncStream.makeStream(of: String.self)
    let group = ServiceGroup(
        configuration: .init(
            services: [Running(host: host, listening: listening)],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    )
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        var iterator = addresses.makeAsyncIterator()
        guard let address = await iterator.next() else {
            try await tasks.next()
            throw CancellationError()
        }
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(address))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        try? FileManager.default.removeItem(atPath: folder)
        return try result.get()
    }
}

private struct Running: Service {
    let host: PlatformHost
    let listening: AsyncStream<String>.Continuation

    func run() async throws {
        defer { listening.finish() }
        try await host.run(signals: []) { [listening] in listening.yield($0) }
    }
}
