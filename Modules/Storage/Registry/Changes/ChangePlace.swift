public import DomainModel

/// A place in the feed of changes: up to a record of a write.
public struct ChangePlace: Sendable, Hashable, Comparable {
    /// The instant of the write.
    public let instant: Instant
    /// The row number of the last record of it that was looked at.
    public let record: Int64

    /// Names a place.
    public init(instant: Instant, record: Int64) {
        self.instant = instant
        self.record = record
    }

    /// Before all changes.
    public static let start = ChangePlace(instant: Instant(microsecondsSince1970: 0), record: 0)

    /// Reads what ``text`` wrote; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let instant = Int64(parts[0]), let record = Int64(parts[1]), instant >= 0,
            instant < 8_000_000_000_000_000, record >= 0
        else { return nil }
        self.init(instant: Instant(microsecondsSince1970: instant), record: record)
    }

    /// The place as a text.
    public var text: String { "\(instant.microsecondsSince1970)-\(record)" }

    /// Whether a place comes before another one.
    public static func < (left: ChangePlace, right: ChangePlace) -> Bool {
        (left.instant, left.record) < (right.instant, right.record)
    }
}
