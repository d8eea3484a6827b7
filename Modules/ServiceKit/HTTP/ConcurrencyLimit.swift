import Hummingbird
import Synchronization

/// Bounds the requests that are worked on at once; more are refused with 503 rather than queued without end.
///
/// Health and metrics are always answered: a full service is not a dead one.
final class ConcurrencyLimit: Sendable {
    private let maximum: Int
    private let running = Atomic(0)

    init(maximum: Int) { self.maximum = maximum }

    /// How many requests are being worked on.
    var count: Int { running.load(ordering: .relaxed) }

    func admit(_ request: Request, _ work: () async throws -> Response) async throws -> Response {
        if HealthRoutes.paths.contains(request.uri.path) { return try await work() }
        let (_, now) = running.add(1, ordering: .relaxed)
        defer { running.subtract(1, ordering: .relaxed) }
        guard now <= maximum else {
            throw Problem(
                .overloaded,
                "The service is working on \(maximum) requests already.",
                zh: "服务正在处理的请求已达 \(maximum) 个。"
            )
            .retry(afterSeconds: 1)
        }
        return try await work()
    }
}
