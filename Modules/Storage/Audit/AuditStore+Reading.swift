public import AuditTrail
public import DomainModel
import PostgresClient

extension AuditStore {
    /// Which events are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// In whose name.
        public var principal: String?
        /// What was done; with a dot at its end, all actions that begin so.
        public var action: String?
        /// The kind of subject.
        public var kind: String?
        /// The subject's key; needs the kind.
        public var key: String?
        /// From this instant on.
        public var since: Instant?
        /// Up to this instant.
        public var until: Instant?

        /// Restricts nothing.
        public init() {}
    }

    /// Where a page of events begins: behind this event, towards older ones.
    public struct Cursor: Sendable, LosslessStringConvertible {
        let occasion: Int64
        let place: AuditPlace

        /// Names an event.
        public init(_ event: AuditEvent) {
            occasion = event.occasion
            place = event.place
        }

        /// Reads `occasion-chain-sequence`.
        public init?(_ description: String) {
            let parts = description.split(separator: "-", maxSplits: 1)
            guard parts.count == 2, let occasion = Int64(parts[0]), let place = AuditPlace(String(parts[1])) else {
                return nil
            }
            self.occasion = occasion
            self.place = place
        }

        /// `occasion-chain-sequence`.
        public var description: String { "\(occasion)-\(place)" }
    }

    /// Events, newest first.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - after: Only those older than this one.
    ///   - limit: At most so many.
    /// - Returns: A page whose cursor names its last event.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(_ filter: Filter, after: Cursor?, limit: Int) async throws -> Page<LinkedEvent> {
        let prefix = filter.action.flatMap { $0.hasSuffix(".") ? $0 : nil }
        let action = prefix == nil ? filter.action : nil
        let (since, until) = (filter.since.map { PostgresTimestamp($0) }, filter.until.map { PostgresTimestamp($0) })
        let rows = try await connection.query(
            """
            /* audit.event.list */ SELECT \(unescaped: Self.columns) FROM audit.event
            WHERE (\(filter.principal)::text IS NULL OR principal = \(filter.principal))
                AND (\(action)::text IS NULL OR action = \(action))
                AND (\(prefix)::text IS NULL OR starts_with(action, \(prefix)))
                AND (\(filter.kind)::text IS NULL OR subject_kind = \(filter.kind))
                AND (\(filter.key)::text IS NULL OR subject_key = \(filter.key))
                AND (\(since)::timestamptz IS NULL OR at >= \(since))
                AND (\(until)::timestamptz IS NULL OR at <= \(until))
                AND (\(after?.occasion)::bigint IS NULL OR (occasion, chain, sequence) < (
                    \(after?.occasion)::bigint, \(after.map { Int16($0.place.chain) })::smallint,
                    \(after?.place.sequence)::bigint
                ))
            ORDER BY occasion DESC, chain DESC, sequence DESC LIMIT \(limit + 1)
            """
        )
        return Page(try rows.map(Self.linked), limit: limit) { Cursor($0.event).description }
    }

    /// An event by its place, or `nil`.
    public func find(_ place: AuditPlace) async throws -> LinkedEvent? {
        let row = try await connection.queryOne(
            """
            /* audit.event.byPlace */ SELECT \(unescaped: Self.columns) FROM audit.event
            WHERE chain = \(Int16(place.chain)) AND sequence = \(place.sequence)
            """
        )
        return try row.map(Self.linked)
    }

    /// The heads of all chains, by chain.
    public func heads() async throws -> [ChainHead] {
        try await connection.query(
            "/* audit.head.list */ SELECT chain, sequence, hash FROM audit.head ORDER BY chain"
        ).map(Self.head)
    }

    /// The heads of all chains, each with the place of the last event that stands in it, in one snapshot.
    public func ends() async throws -> [(head: ChainHead, last: Int64)] {
        try await connection.query(
            """
            /* audit.head.ends */ SELECT chain, sequence, hash, (
                SELECT coalesce(max(event.sequence), 0) FROM audit.event WHERE event.chain = head.chain
            ) FROM audit.head ORDER BY chain
            """
        ).map { row in
            let (chain, sequence, hash, last) = try row.decode((Int16, Int64, [UInt8], Int64).self)
            return (ChainHead(chain: Int(chain), sequence: sequence, hash: try Self.digest(hash)), last)
        }
    }

    /// When the first event behind these heads was; `nil` when there is none.
    public func oldest(behind heads: [ChainHead]) async throws -> Instant? {
        let row = try await connection.queryOne(
            """
            /* audit.event.oldestBehind */ SELECT min(event.at)
            FROM audit.head LEFT JOIN unnest(
                \(heads.map { Int16($0.chain) })::smallint[], \(heads.map(\.sequence))::bigint[]
            ) AS signed (chain, sequence) ON signed.chain = head.chain
                JOIN audit.event ON event.chain = head.chain AND event.sequence = coalesce(signed.sequence, 0) + 1
            """
        )
        return try row?.decode(PostgresTimestamp?.self).map { Instant($0) }
    }

    /// Events of one chain, in order.
    ///
    /// - Parameters:
    ///   - chain: The chain.
    ///   - after: Only those behind this place.
    ///   - last: Only those up to this place.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func events(of chain: Int, after: Int64, upTo last: Int64, limit: Int) async throws -> [LinkedEvent] {
        try await connection.query(
            """
            /* audit.event.page */ SELECT \(unescaped: Self.columns) FROM audit.event
            WHERE chain = \(Int16(chain)) AND sequence > \(after) AND sequence <= \(last)
            ORDER BY sequence LIMIT \(limit)
            """
        ).map(Self.linked)
    }

    /// Reads every event, by chain and sequence, a page at a time.
    ///
    /// - Parameter body: Gets one event after the other.
    /// - Throws: What the body throws; `PostgresError`; ``StorageError``.
    public func readAll(_ body: (LinkedEvent) async throws -> Void) async throws {
        let rows = try await connection.stream(
            "/* audit.event.all */ SELECT \(unescaped: Self.columns) FROM audit.event ORDER BY chain, sequence"
        )
        for try await row in rows { try await body(try Self.linked(row)) }
    }

    private static let columns = """
        chain, sequence, occasion, at, principal, activity, action, subject_kind, subject_key, reason, before, after,
        details::text, hash
        """

    private static func linked(_ row: PostgresRow) throws -> LinkedEvent {
        let (
            chain, sequence, occasion, at, principal, activity, action, kind, key, reason, before, after, details, hash
        ) = try row.decode(
            (
                Int16, Int64, Int64, PostgresTimestamp, String, String, String, String, String, String?, [UInt8]?,
                [UInt8]?, String, [UInt8]
            ).self
        )
        let event = AuditEvent(
            chain: Int(chain),
            sequence: sequence,
            occasion: occasion,
            at: Instant(at),
            principal: principal,
            activity: activity,
            action: action,
            subject: AuditSubject(kind, key),
            reason: reason,
            before: try before.map(digest),
            after: try after.map(digest),
            // What is no canonical value was not written by this program: as a text it breaks the link.
            details: (try? CanonicalValue(json: details)) ?? .text(details)
        )
        return LinkedEvent(event: event, hash: try digest(hash))
    }
}
