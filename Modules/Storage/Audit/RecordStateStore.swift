public import AuditTrail
public import DomainModel
public import PostgresClient

/// Says what records are now, in the form that the audit trail digests.
public struct RecordStateStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The states of the records with these keys; those that are not there are left out.
    public func states(of kind: RecordKind, keys: [String]) async throws -> [String: CanonicalValue] {
        if keys.isEmpty { return [:] }
        let rows = try await connection.query(
            """
            /* audit.record.byKey */ SELECT key, content::text FROM (\(unescaped: kind.source)) AS record
            WHERE key = ANY(\(keys)::text[])
            """
        )
        return Dictionary(uniqueKeysWithValues: try rows.map(Self.state))
    }

    /// The states of the records that a batch has brought or changed, or of the one with this number, by key.
    public func states(of kind: RecordKind, origin: Int64) async throws -> [(key: String, state: CanonicalValue)] {
        try await connection.query(
            """
            /* audit.record.byOrigin */ SELECT key, content::text FROM (\(unescaped: kind.source)) AS record
            WHERE origin = \(origin) ORDER BY key COLLATE "C"
            """
        ).map { row in
            let (key, state) = try Self.state(row)
            return (key, state)
        }
    }

    /// What the trail says last of a record.
    public struct LastEvent: Sendable {
        /// The digest that it left the record with; absent when it removed it.
        public let after: AuditDigest?
        /// Where the event stands.
        public let place: AuditPlace
        /// When it was.
        public let at: Instant
        /// In whose name.
        public let principal: String
    }

    /// Reads every record of a kind beside the last event that says its digest, in one snapshot, by key.
    ///
    /// A baseline is the last event only where there is no other: it was written beside changes that it knew nothing of.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - body: Gets the key, the state if the record is there, and the event if there is one.
    /// - Throws: What the body throws; `PostgresError`; ``StorageError``.
    public func compare(
        _ kind: RecordKind,
        _ body: (_ key: String, _ state: CanonicalValue?, _ last: LastEvent?) async throws -> Void
    ) async throws {
        let rows = try await connection.stream(
            """
            /* audit.record.compare */ WITH said AS (
                SELECT DISTINCT ON (subject_key) subject_key, chain, sequence, at, principal, after
                FROM audit.event
                WHERE subject_kind = \(kind.name) AND (before IS NOT NULL OR after IS NOT NULL)
                ORDER BY subject_key, action = \("\(kind.name).\(RecordKind.baseline)"), occasion DESC, sequence DESC
            )
            SELECT coalesce(record.key, said.subject_key), record.content::text, said.chain, said.sequence, said.at,
                said.principal, said.after
            FROM (\(unescaped: kind.source)) AS record FULL JOIN said ON said.subject_key = record.key
            WHERE record.key IS NOT NULL OR said.after IS NOT NULL
            ORDER BY coalesce(record.key, said.subject_key) COLLATE "C"
            """
        )
        for try await row in rows {
            let (key, content, chain, sequence, at, principal, after) = try row.decode(
                (String, String?, Int16?, Int64?, PostgresTimestamp?, String?, [UInt8]?).self
            )
            var last: LastEvent?
            if let chain, let sequence, let at, let principal {
                last = LastEvent(
                    after: try after.map { try AuditStore.digest($0) },
                    place: AuditPlace(chain: Int(chain), sequence: sequence),
                    at: Instant(at),
                    principal: principal
                )
            }
            try await body(key, content.map(Self.value), last)
        }
    }

    private static func state(_ row: PostgresRow) throws -> (String, CanonicalValue) {
        let (key, content) = try row.decode((String, String).self)
        return (key, value(content))
    }

    // A number that is no canonical one was put in past this program; as a text it has another digest.
    private static func value(_ content: String) -> CanonicalValue {
        (try? CanonicalValue(json: content)) ?? .text(content)
    }
}
