public import DomainModel
public import PersonalData
public import PostgresClient

/// Keeps what sealed values are found by.
public struct BlindIndexStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is found.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Makes a record be found by these entries and no others; what is so already is left as it is.
    public func put(_ entries: [BlindEntry], of record: Int64) async throws {
        try await connection.execute(
            """
            /* registry.blind.put */ WITH given AS (
                SELECT DISTINCT field, hash
                FROM unnest(\(entries.map(\.field))::text[], \(entries.map(\.hash))::bytea[]) AS given (field, hash)
            ), gone AS (
                DELETE FROM registry.blind_index known
                WHERE record_id = \(record) AND (field, hash) NOT IN (SELECT field, hash FROM given)
            )
            INSERT INTO registry.blind_index (field, hash, record_id) SELECT field, hash, \(record) FROM given
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// Makes records be found by more entries, set-wise: for loads.
    public func add(_ entries: [(record: Int64, entry: BlindEntry)]) async throws {
        if entries.isEmpty { return }
        try await connection.execute(
            """
            /* registry.blind.add */ INSERT INTO registry.blind_index (field, hash, record_id)
            SELECT field, hash, record_id FROM unnest(
                \(entries.map(\.entry.field))::text[], \(entries.map(\.entry.hash))::bytea[],
                \(entries.map(\.record))::bigint[]
            ) AS given (field, hash, record_id)
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// The records that have a value, in the order of their keys: those that may be seen.
    ///
    /// - Parameters:
    ///   - entry: What the value is found by.
    ///   - kinds: Only records of these kinds.
    ///   - limit: At most so many.
    /// - Returns: Row numbers, public keys and kinds.
    /// - Throws: `PostgresError`.
    public func find(
        _ entry: BlindEntry,
        kinds: [RegistryKind] = RegistryKind.allCases,
        limit: Int = 100
    ) async throws -> [(id: Int64, key: String, kind: RegistryKind)] {
        try await connection.query(
            """
            /* registry.blind.find */ SELECT r.id, r.key, r.kind
            FROM registry.blind_index b JOIN registry.record r ON r.id = b.record_id
            WHERE b.field = \(entry.field) AND b.hash = \(entry.hash) AND r.kind = ANY (\(kinds.map(\.rawValue))::text[])
            ORDER BY r.key LIMIT \(Int64(limit))
            """
        ).map { row in
            let (id, key, kind) = try row.decode((Int64, String, String).self)
            return (id, key, try stored(RegistryKind.self, kind))
        }
    }

    /// Everything that is believed of a record and said about it now, as it is stored.
    ///
    /// - Returns: The attributes of each version and statement; those of statements with their type.
    public func believed(of record: Int64) async throws -> [(statement: String?, attributes: Attributes)] {
        try await connection.query(
            """
            /* registry.blind.believed */ SELECT NULL::text, v.attributes::text FROM registry.record_version v
            WHERE v.record_id = \(record) AND v.superseded_by IS NULL
            UNION ALL
            SELECT s.type, s.attributes::text FROM registry.statement s
            WHERE s.subject_id = \(record) AND s.superseded_by IS NULL
            """
        ).map { row in
            let (type, attributes) = try row.decode((String?, String).self)
            return (type, try Attributes.stored(attributes))
        }
    }
}
