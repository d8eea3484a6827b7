public import DomainModel

/// How far the trail is signed, and whether it goes on being signed by itself.
public struct AuditStatus: Sendable, Hashable, Codable {
    /// What a person should see to.
    public enum Warning: String, Sendable, Hashable, Codable, CaseIterable {
        /// The service has no key to sign with.
        case keyMissing = "key-missing"
        /// No schedule signs.
        case unscheduled
        /// The schedule that signs is paused.
        case paused
        /// Events have stood unsigned for more than two days.
        case overdue
    }

    /// Fingerprint of the key that the service signs with.
    public let key: AuditDigest?
    /// All events.
    public let events: Int64
    /// Events behind the newest checkpoint.
    public let unsigned: Int64
    /// The newest checkpoint.
    public let newest: CheckpointRecord?
    /// When it is signed next by itself.
    public let nextAt: Instant?
    /// What a person should see to, most important first.
    public let warnings: [Warning]

    private static let overdue = Int64(2 * 86_400_000_000)

    /// Judges a trail.
    ///
    /// - Parameters:
    ///   - key: Fingerprint of the key that the service signs with.
    ///   - heads: The heads of all chains.
    ///   - newest: The newest checkpoint.
    ///   - schedule: The schedule that signs.
    ///   - oldestUnsigned: When the first event behind the newest checkpoint was, if there is one.
    ///   - now: The time, by the clock of the database.
    public init(
        key: AuditDigest?,
        heads: [ChainHead],
        newest: SignedCheckpoint?,
        schedule: Schedule?,
        oldestUnsigned: Instant?,
        now: Instant
    ) {
        self.key = key
        events = heads.reduce(0) { $0 + $1.sequence }
        unsigned = events - (newest?.checkpoint.events ?? 0)
        self.newest = newest.map { CheckpointRecord($0) }
        nextAt = schedule.flatMap { $0.isPaused ? nil : $0.nextAt }
        let age = oldestUnsigned.map { now.microsecondsSince1970 - $0.microsecondsSince1970 } ?? 0
        var warnings: [Warning] = []
        if key == nil { warnings.append(.keyMissing) }
        if schedule == nil { warnings.append(.unscheduled) }
        if schedule?.isPaused == true { warnings.append(.paused) }
        if age > Self.overdue { warnings.append(.overdue) }
        self.warnings = warnings
    }
}
