public import DomainModel
import Logging
import Metrics
import PostgresClient
public import ServiceLifecycle
import Storage

/// Brings events to their subscribers: at least once, the events of a subject in their order.
///
/// Many hosts may run one: an event is sent under a lease, and only the first of its subject may go. A dead letter
/// holds back the later events of its subject until somebody replays it or lets it go.
public struct WebhookCourier: Service {
    let database: PostgresPool
    let sender: WebhookSender
    let rules: WebhookRules
    let logger: Logger
    private let registry: any MetricsFactory

    /// Makes a courier.
    ///
    /// - Parameters:
    ///   - platform: Database, clock, configuration; its keys are those of ``WebhookRules``.
    ///   - vault: Opens the secrets.
    /// - Throws: ``ConfigurationError``.
    public init(in platform: Platform, vault: WebhookVault) throws {
        let rules = try WebhookRules(platform.configuration)
        var sender = WebhookSender(
            policy: try WebhookPolicy(allowing: rules.allowed),
            vault: vault,
            clock: platform.clock
        )
        sender.timeout = rules.timeout
        self.init(in: platform, sender: sender, rules: rules)
    }

    init(in platform: Platform, sender: WebhookSender, rules: WebhookRules) {
        database = platform.database
        self.sender = sender
        self.rules = rules
        logger = platform.logger
        registry = platform.metrics
    }

    /// Checks an address as it will be checked before each sending.
    ///
    /// - Throws: ``Problem`` `WEBHOOK_ADDRESS_REFUSED`.
    public func check(_ url: String) async throws {
        do {
            _ = try await sender.policy.pin(try sender.policy.check(url))
        } catch let refusal as WebhookPolicy.Refusal {
            throw Problem(.webhookAddressRefused, "\(url): \(refusal.text.en).", zh: "\(url)：\(refusal.text.zh)。")
        } catch {
            throw Problem(.webhookAddressRefused, "\(url): \(error).", zh: "\(url)：主机名无法解析。")
        }
    }

    /// Sends a test event to a subscriber, now and once; nothing is kept of it.
    ///
    /// - Returns: What came of it; `nil` when there is no such subscription.
    /// - Throws: `PostgresError`.
    public func test(
        _ id: Int64,
        event: String,
        at instant: Instant,
        traceparent: String? = nil
    ) async throws -> WebhookAttempt? {
        let target = try await database.withConnection { try await WebhookStore($0).target(id) }
        guard let target else { return nil }
        let document = """
            {"specversion":"1.0","id":"\(event)","source":"urn:ceyuan","type":"ceyuan.webhook.test",\
            "subject":"/v1/webhooks/\(id)","time":"\(instant)","datacontenttype":"application/json","data":{}}
            """
        let trace = TraceContext(continuing: traceparent)
        let result = await sender.send(document, id: event, to: target.url, secrets: target.secrets, trace: trace)
            .result
        return WebhookAttempt(
            position: 0,
            event: event,
            type: "ceyuan.webhook.test",
            subject: "/v1/webhooks/\(id)",
            attempt: 1,
            outcome: result.error == nil ? .delivered : .failed,
            status: result.status,
            milliseconds: result.milliseconds,
            error: result.error,
            at: instant
        )
    }

    /// Works until cancelled or shut down gracefully; what is being sent then is sent again by another.
    public func run() async {
        if let registry = registry as? PrometheusRegistry { Self.show(database, in: registry) }
        await cancelWhenGracefulShutdown { [self] in
            let bell = JobBell()
            await withTaskGroup(of: Void.self) { timers in
                timers.addTask { [rules] in
                    while (try? await Task.sleep(for: rules.interval)) != nil { bell.ring() }
                }
                timers.addTask { await maintain() }
                await withDiscardingTaskGroup { sending in
                    let places = SendingPlaces(rules.concurrency)
                    bell.ring()
                    for await _ in bell.rings {
                        if Task.isCancelled { break }
                        for delivery in await next(places.free) {
                            places.take()
                            sending.addTask {
                                await bring(delivery)
                                places.leave()
                                bell.ring()
                            }
                        }
                    }
                }
                timers.cancelAll()
            }
        }
    }

    /// Takes over what is new, and takes what may go.
    private func next(_ limit: Int) async -> [DeliveryStore.Delivery] {
        guard limit > 0 else { return [] }
        do {
            while try await database.withTransaction({ try await DeliveryStore($0).takeOver() }) > 0 {}
            return try await database.withTransaction { [rules] connection in
                try await DeliveryStore(connection).claim(limit: limit, each: rules.each, lease: rules.timeout * 2)
            }
        } catch {
            if Task.isCancelled { return [] }
            logger.warning("cannot look at the deliveries", metadata: ["error": "\(error)"])
            try? await Task.sleep(for: .seconds(1))
            return []
        }
    }

    func bring(_ delivery: DeliveryStore.Delivery) async {
        let trace = TraceContext(continuing: delivery.trace)
        let outcome = await sender.send(
            delivery.document,
            id: delivery.event,
            to: delivery.url,
            secrets: delivery.secrets,
            trace: trace
        )
        // Cancelled in the middle: whether it arrived is not known, so it is sent again.
        if Task.isCancelled { return }
        let webhook = String(delivery.subscription)
        do {
            if outcome.result.error == nil {
                _ = try await database.withTransaction { try await DeliveryStore($0).deliver(delivery, outcome.result) }
            } else {
                try await record(outcome, delivery, trace)
            }
            let labels = [("webhook", webhook), ("outcome", outcome.result.error == nil ? "delivered" : "failed")]
            Counter(label: "webhooks_attempts_total", dimensions: labels, factory: registry).increment()
        } catch {
            // The lease runs out and the event is sent again: at least once.
            logger.error("the end of a delivery could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    private func record(
        _ outcome: WebhookSender.Outcome,
        _ delivery: DeliveryStore.Delivery,
        _ trace: TraceContext
    ) async throws {
        var generator = SystemRandomNumberGenerator()
        let isLast = delivery.attempt >= rules.maximumAttempts
        let pause = max(
            rules.backoff.delay(afterAttempt: delivery.attempt, using: &generator),
            min(outcome.retryAfter ?? .zero, rules.backoff.limit)
        )
        let consequence = DeliveryStore.Consequence(
            retryAfter: isLast ? nil : pause,
            pause: outcome.concernsReceiver ? pause : nil,
            disableAfter: rules.disableAfter,
            isGone: outcome.isGone
        )
        let metadata: Logger.Metadata = [
            "webhook": "\(delivery.subscription)", "position": "\(delivery.position)",
            "attempt": "\(delivery.attempt)", "error": "\(outcome.result.error ?? "")",
            "trace_id": "\(trace.traceID)",
        ]
        logger.warning(isLast ? "event given up" : "event not taken", metadata: metadata)
        let reason = try await database.withTransaction { connection in
            let reason = try await DeliveryStore(connection).fail(delivery, outcome.result, consequence)
            if reason != nil {
                // Others may want to know that nobody is told any more.
                let document = #"{"webhook":\#(delivery.subscription)}"#
                try await OutboxStore(connection).append(
                    type: "ceyuan.webhook.disabled",
                    subject: "/v1/webhooks/\(delivery.subscription)",
                    data: Array(document.utf8),
                    activity: "webhook:\(delivery.subscription)"
                )
            }
            return reason
        }
        if reason != nil { logger.error("webhook disabled", metadata: metadata) }
    }

    private func maintain() async {
        repeat {
            do {
                try await database.withConnection { connection in
                    try await DeliveryStore(connection).maintain(keptDays: rules.keptDays)
                    try await WebhookStore(connection).forgetFormerSecrets()
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot maintain the delivery log", metadata: ["error": "\(error)"])
            }
        } while (try? await Task.sleep(for: .seconds(3_600))) != nil
    }

    private static func show(_ database: PostgresPool, in registry: PrometheusRegistry) {
        registry.describe("webhooks_attempts_total", "Attempts to bring an event to a subscriber, by their outcome.")
        let gauges = QueueGauges(
            registry,
            label: "webhook",
            help: [
                "webhooks_pending": "Events on their way to a subscriber.",
                "webhooks_dead": "Events that were given up and wait for a person.",
                "webhooks_failures": "How often in a row a subscriber could not be reached.",
                "webhooks_lag_seconds": "How long the oldest event has been on its way to a subscriber.",
            ]
        )
        registry.beforeScrape {
            let list = try? await database.withConnection { try await WebhookStore($0).list(after: nil, limit: 1_000) }
            gauges.show(
                list?.flatMap { webhook in
                    let id = String(webhook.id)
                    return [
                        ("webhooks_pending", id, Double(webhook.pending)), ("webhooks_dead", id, Double(webhook.dead)),
                        ("webhooks_failures", id, Double(webhook.failures)), ("webhooks_lag_seconds", id, webhook.lag),
                    ]
                }
            )
        }
    }
}
