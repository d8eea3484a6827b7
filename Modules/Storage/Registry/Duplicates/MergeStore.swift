public import DomainModel
public import PostgresClient

/// Keeps which records took up which, and what that did.
public struct MergeStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A merge that stands.
    public struct Standing: Sendable {
        /// Its number.
        public let id: Int64
        /// The key of the record that goes on.
        public let survivor: String
        /// The recording that made it.
        public let recording: Int64
        /// When it was made.
        public let at: Instant
    }

    /// Says that one record has taken up another, of which nothing is believed any more.
    ///
    /// - Throws: `PostgresError`: a check violation of `record_successor` when the survivor is not kept.
    public func merge(_ absorbed: Int64, into survivor: Int64, recording: Int64) async throws {
        _ = try await connection.execute(
            """
            /* registry.merge.state */ UPDATE registry.record
            SET state = 'merged', merged_into = \(survivor), recording_id = \(recording) WHERE id = \(absorbed)
            """
        )
        _ = try await connection.execute(
            """
            /* registry.merge.add */ INSERT INTO registry.merge (absorbed_id, survivor_id, recorded_by)
            VALUES (\(absorbed), \(survivor), \(recording))
            """
        )
    }

    /// Says that a record stands for itself again; what is believed of it is said next.
    public func undo(_ merge: Standing, of absorbed: Int64, recording: Int64) async throws {
        _ = try await connection.execute(
            """
            /* registry.merge.unstate */ UPDATE registry.record
            SET state = 'withdrawn', merged_into = NULL, recording_id = \(recording) WHERE id = \(absorbed)
            """
        )
        _ = try await connection.execute(
            "/* registry.merge.undo */ UPDATE registry.merge SET undone_by = \(recording) WHERE id = \(merge.id)"
        )
    }

    /// The merge that took up a record, if one stands.
    public func standing(of absorbed: Int64) async throws -> Standing? {
        let row = try await connection.queryOne(
            """
            /* registry.merge.standing */ SELECT m.id, registry.key_of(m.survivor_id), m.recorded_by, r.recorded_at
            FROM registry.merge m JOIN registry.recording r ON r.id = m.recorded_by
            WHERE m.absorbed_id = \(absorbed) AND m.undone_by IS NULL
            """
        )
        return try row.map { row in
            let (id, survivor, recording, at) = try row.decode((Int64, String, Int64, PostgresTimestamp).self)
            return Standing(id: id, survivor: survivor, recording: recording, at: Instant(at))
        }
    }

    /// The key of the record that a record led to at an instant; `nil` when it led to none but itself, or there is none.
    public func successor(of key: String, asOf: Instant?) async throws -> String? {
        let row = try await connection.queryOne(
            """
            /* registry.merge.successor */
            SELECT registry.led_to(id, \(asOf.map { PostgresTimestamp($0) })::timestamptz)
            FROM registry.record WHERE key = \(key)
            """
        )
        let led = try row?.decode(String?.self)
        return led == key ? nil : led
    }

    /// The merges that a record took part in, the newest first.
    ///
    /// - Parameters:
    ///   - key: The record.
    ///   - asOf: Only what was known at this instant: those that were undone later stand.
    /// - Returns: The merges.
    /// - Throws: `PostgresError`.
    public func history(of key: String, asOf: Instant? = nil) async throws -> [PastMerge] {
        let instant = asOf.map { PostgresTimestamp($0) }
        return try await connection.query(
            """
            /* registry.merge.history */
            SELECT registry.key_of(m.survivor_id), registry.key_of(m.absorbed_id), ended.id IS NOT NULL,
                \(unescaped: Recording.columns("begun")), ended.recorded_at, ended.principal, ended.reason
            FROM registry.record
                JOIN registry.merge m ON record.id IN (m.absorbed_id, m.survivor_id)
                JOIN registry.recording begun ON begun.id = m.recorded_by
                LEFT JOIN registry.recording ended ON ended.id = m.undone_by
                    AND (\(instant)::timestamptz IS NULL OR ended.recorded_at <= \(instant)::timestamptz)
            WHERE record.key = \(key)
                AND (\(instant)::timestamptz IS NULL OR begun.recorded_at <= \(instant)::timestamptz)
            ORDER BY m.id DESC
            """
        ).map { row in
            let (survivor, absorbed, isUndone, at, who, why, file, locator, batch, undoneAt, undoneBy, undoneWhy) =
                try row.decode(
                    (
                        String, String, Bool, PostgresTimestamp?, String, String, String?, String?, Int64?,
                        PostgresTimestamp?, String?, String?
                    ).self
                )
            let undone = isUndone ? Recording(undoneAt, undoneBy ?? "", undoneWhy ?? "", nil, nil, nil) : nil
            return PastMerge(
                survivor: survivor,
                absorbed: absorbed,
                merged: Recording(at, who, why, file, locator, batch),
                undone: undone
            )
        }
    }

    /// What the survivor of merges is found by besides its own names: keys of the absorbed records, and their values.
    public func absorbedNames(of survivor: Int64) async throws -> [(key: String, attributes: Attributes)] {
        try await connection.query(
            """
            /* registry.merge.names */ SELECT key, coalesce(attributes, '{}')::text
            FROM registry.absorbed_names(\(survivor))
            """
        ).map { row in
            let (key, attributes) = try row.decode((String, String).self)
            return (key, try Attributes.stored(attributes))
        }
    }

    /// Which of some records have taken up others.
    func survivors(among records: [Int64]) async throws -> Set<Int64> {
        let rows = try await connection.query(
            """
            /* registry.merge.survivors */ SELECT DISTINCT survivor_id FROM registry.merge
            WHERE survivor_id = ANY (\(records)::bigint[]) AND undone_by IS NULL
            """
        )
        return Set(try rows.map { try $0.decode(Int64.self) })
    }
}
