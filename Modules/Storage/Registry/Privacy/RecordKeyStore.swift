public import PersonalData
public import PostgresClient

/// Keeps the wrapped keys of records' personal values.
public struct RecordKeyStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is seen.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A key with what it belongs to.
    public struct Held: Sendable, Equatable {
        /// The row number of its record.
        public let record: Int64
        /// What it is bound to: `talent/T-7`.
        public let name: String
        /// The key as it is kept.
        public let key: WrappedKey
    }

    /// Gives new records their keys; one that has a key keeps it.
    ///
    /// - Parameter keys: By the row numbers of records.
    /// - Throws: `PostgresError`, also when a record lies outside of the transaction's regions.
    public func put(_ keys: [(record: Int64, key: WrappedKey)]) async throws {
        if keys.isEmpty { return }
        try await connection.execute(
            """
            /* registry.recordKey.put */ INSERT INTO registry.record_key (record_id, master, wrapped)
            SELECT record_id, master, wrapped FROM unnest(
                \(keys.map(\.record))::bigint[], \(keys.map(\.key.master))::text[], \(keys.map(\.key.bytes))::bytea[]
            ) AS given (record_id, master, wrapped)
            ON CONFLICT (record_id) DO NOTHING
            """
        )
    }

    /// The keys of records by their row numbers; records without a key are left out.
    public func keys(of records: [Int64]) async throws -> [Int64: WrappedKey] {
        if records.isEmpty { return [:] }
        let rows = try await connection.query(
            """
            /* registry.recordKey.byRecord */ SELECT record_id, master, wrapped FROM registry.record_key
            WHERE record_id = ANY (\(records)::bigint[])
            """
        )
        var keys: [Int64: WrappedKey] = [:]
        for row in rows {
            let (record, master, wrapped) = try row.decode((Int64, String, [UInt8]).self)
            keys[record] = WrappedKey(master: master, bytes: wrapped)
        }
        return keys
    }

    /// The keys of records by their public keys; records without a key are left out.
    public func keys(named names: [String]) async throws -> [String: Held] {
        if names.isEmpty { return [:] }
        let rows = try await connection.query(
            """
            /* registry.recordKey.byName */ SELECT r.key, r.id, r.kind, k.master, k.wrapped
            FROM registry.record r JOIN registry.record_key k ON k.record_id = r.id
            WHERE r.key = ANY (\(names)::text[])
            """
        )
        var keys: [String: Held] = [:]
        for row in rows {
            let (name, id, kind, master, wrapped) = try row.decode((String, Int64, String, String, [UInt8]).self)
            let key = WrappedKey(master: master, bytes: wrapped)
            keys[name] = Held(record: id, name: "\(kind)/\(name)", key: key)
        }
        return keys
    }

    /// Destroys a record's key, and with it all its sealed values, and what they were found by.
    ///
    /// - Returns: Whether it had a key.
    public func destroy(_ record: Int64) async throws -> Bool {
        try await connection.execute(
            "/* registry.blind.erase */ DELETE FROM registry.blind_index WHERE record_id = \(record)"
        )
        return try await connection.execute(
            "/* registry.recordKey.destroy */ DELETE FROM registry.record_key WHERE record_id = \(record)"
        ) > 0
    }
}
