import DomainModel
import PlatformClient
import PostgresClient
import Storage

/// Sends one event to one receiver, and says what came of it.
struct WebhookSender: Sendable {
    let policy: WebhookPolicy
    let vault: WebhookVault
    let clock: PlatformClock
    /// How long sending may take altogether.
    var timeout: Duration = .seconds(15)
    private let client = PinnedClient(userAgent: "ceyuan-webhooks/\(PlatformVersion.current)")

    /// A longer answer is none: nobody reads it.
    private static let replyLimit = 65_536

    /// Makes a sender.
    init(policy: WebhookPolicy, vault: WebhookVault, clock: PlatformClock) {
        self.policy = policy
        self.vault = vault
        self.clock = clock
    }

    /// What came of sending, and when the receiver wants to be tried again.
    struct Outcome: Sendable {
        var result: DeliveryStore.Result
        var retryAfter: Duration?
        /// Whether the fault is the receiver's as a whole rather than this event's.
        var concernsReceiver = false
        /// Whether the receiver said that it is gone for good.
        var isGone = false
    }

    /// Sends a document, signed with each of the secrets, as a part of a trace.
    func send(
        _ document: String,
        id: String,
        to url: String,
        secrets: [WebhookStore.SealedSecret],
        trace: TraceContext
    ) async -> Outcome {
        let start = ContinuousClock.now
        func outcome(_ status: Int?, _ error: String?) -> Outcome {
            let milliseconds = Int((ContinuousClock.now - start).nanoseconds / 1_000_000)
            return Outcome(result: .init(status: status, milliseconds: milliseconds, error: error))
        }
        do {
            let place = try policy.check(url)
            let keys = try secrets.map { try vault.open($0) }
            let address = try await policy.pin(place)
            let body = Array(document.utf8)
            let signature = WebhookSignature(keys: keys)
            let seconds = clock.now.microsecondsSince1970 / 1_000_000
            let reply = try await client.post(
                PinnedRequest(
                    scheme: place.scheme,
                    host: place.host,
                    port: place.port,
                    target: place.target,
                    address: address.description,
                    headers: [
                        ("Content-Type", "application/cloudevents+json; charset=utf-8"),
                        ("traceparent", trace.traceparent),
                    ]
                        + signature.headers(id: id, seconds: seconds, body: body),
                    body: body,
                    timeout: timeout,
                    maximumReplyBytes: Self.replyLimit
                )
            )
            if (200..<300).contains(reply.status) { return outcome(reply.status, nil) }
            let isRedirect = (300..<400).contains(reply.status)
            var failed = outcome(
                reply.status,
                "HTTP status \(reply.status)" + (isRedirect ? "; redirects are not followed" : "")
            )
            failed.retryAfter = reply["retry-after"].flatMap { Int($0) }.map { .seconds(min(max($0, 0), 86_400)) }
            failed.isGone = reply.status == 410
            // 4xx is about what was sent; everything else about who should have taken it.
            failed.concernsReceiver = !(400..<500).contains(reply.status) || [408, 429].contains(reply.status)
            return failed
        } catch {
            var failed = outcome(nil, Self.text(of: error))
            failed.concernsReceiver = true
            return failed
        }
    }

    private static func text(of error: any Error) -> String {
        guard let error = error as? PlatformClientError else { return "\(error)" }
        return switch error {
        case .transport(let failure): "\(failure.code): \(failure.reason)"
        default: error.code
        }
    }
}
