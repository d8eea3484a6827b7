import PlatformClient
import ServiceKit

/// The ingest service gave no answer that can be used.
struct UpstreamFailure: ProblemConvertible, CustomStringConvertible {
    private let error: PlatformClientError

    init(_ error: PlatformClientError) { self.error = error }

    /// For the log.
    var description: String { "the ingest service: \(error)" }

    /// What the caller is told: not what went wrong between the services.
    var problem: Problem? {
        Problem(.upstreamUnavailable, "The ingest service does not answer.", zh: "采集服务没有应答。")
            .retry(afterSeconds: 5)
    }
}
