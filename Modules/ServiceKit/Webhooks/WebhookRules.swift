/// How events are brought to subscribers.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `webhooks.allow` | – | origins that are allowed though not https or not public, commas between them |
/// | `webhooks.keyFile` | `data`/webhooks.key | 32 bytes that the secrets are sealed with |
/// | `webhooks.maximumAttempts` | 15 | 1…100: how often an event is sent before it is a dead letter |
/// | `webhooks.timeoutSeconds` | 15 | 1…300: how long a receiver may take |
/// | `webhooks.disableDays` | 5 | 1…365: a receiver that fails for so long gets nothing more |
/// | `webhooks.keptDays` | 30 | 1…36500: how long the delivery log is kept |
public struct WebhookRules: Sendable {
    /// Origins that are allowed by name.
    public var allowed: [String] = []
    /// How often an event is sent before it is a dead letter.
    public var maximumAttempts = 15
    /// How long a receiver may take.
    public var timeout: Duration = .seconds(15)
    /// A receiver that fails for so long gets nothing more.
    public var disableAfter: Duration = .seconds(5 * 86_400)
    /// How long the delivery log is kept.
    public var keptDays = 30
    /// How long to wait between attempts: about 5, 10, 20 seconds and so on up to an hour.
    public var backoff = JobBackoff(base: .seconds(5), limit: .seconds(3_600))
    /// How often new events are looked for.
    public var interval: Duration = .milliseconds(250)
    /// How many events are on their way at the same time.
    public var concurrency = 32
    /// How many of them to one receiver.
    public var each = 4

    /// The keys, for people, and that of the file whose key seals the secrets.
    public static let keys = [
        Setting(
            "webhooks.allow",
            default: "none",
            "origins that are allowed though not https or not public, commas between them"
        ),
        Setting("webhooks.keyFile", default: "DATA/webhooks.key", "32 bytes that the secrets are sealed with"),
        Setting("webhooks.maximumAttempts", default: "15", "1…100: how often an event is sent before it is given up"),
        Setting("webhooks.timeoutSeconds", default: "15", "1…300: how long a receiver may take"),
        Setting("webhooks.disableDays", default: "5", "1…365: a receiver that fails for so long gets nothing more"),
        Setting("webhooks.keptDays", default: "30", "1…36500: how long the delivery log is kept"),
    ]

    /// Makes rules with the defaults.
    public init() {}

    /// Reads the keys, which stand below the plugin's name.
    ///
    /// - Throws: ``ConfigurationError``.
    public init(_ configuration: PlatformConfiguration) throws {
        allowed =
            try configuration.text("webhooks.allow")?.split(separator: ",").map {
                $0.trimmed
            }.filter { !$0.isEmpty } ?? []
        maximumAttempts = try configuration.integer("webhooks.maximumAttempts", in: 1...100, default: 15)
        timeout = .seconds(try configuration.integer("webhooks.timeoutSeconds", in: 1...300, default: 15))
        disableAfter = .seconds(try configuration.integer("webhooks.disableDays", in: 1...365, default: 5) * 86_400)
        keptDays = try configuration.integer("webhooks.keptDays", in: 1...36_500, default: 30)
    }
}

extension Substring {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        let head = drop { $0.isWhitespace }
        return String(head.reversed().drop { $0.isWhitespace }.reversed())
    }
}
