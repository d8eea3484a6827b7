public import PersonalData
import PostgresClient

extension RecordKeyStore {
    /// Takes keys that other master keys than one wrap, in the order of their records.
    ///
    /// - Parameters:
    ///   - master: The master key that the others are to follow.
    ///   - record: Only those after this record.
    ///   - limit: At most so many.
    /// - Returns: The keys; nobody else changes them until the transaction ends.
    /// - Throws: `PostgresError`.
    public func take(notBy master: String, after record: Int64, limit: Int) async throws -> [Held] {
        try await connection.query(
            """
            /* registry.recordKey.take */ SELECT k.record_id, r.kind || '/' || r.key, k.master, k.wrapped
            FROM registry.record_key k JOIN registry.record r ON r.id = k.record_id
            WHERE k.record_id > \(record) AND k.master <> \(master)::text
            ORDER BY k.record_id LIMIT \(Int64(limit)) FOR UPDATE OF k
            """
        ).map { row in
            let (record, name, master, wrapped) = try row.decode((Int64, String, String, [UInt8]).self)
            return Held(record: record, name: name, key: WrappedKey(master: master, bytes: wrapped))
        }
    }

    /// Puts wrapped keys in the place of the present ones.
    public func replace(_ keys: [(record: Int64, key: WrappedKey)]) async throws {
        try await connection.execute(
            """
            /* registry.recordKey.replace */ UPDATE registry.record_key AS known
            SET master = given.master, wrapped = given.wrapped
            FROM unnest(
                \(keys.map(\.record))::bigint[], \(keys.map(\.key.master))::text[], \(keys.map(\.key.bytes))::bytea[]
            ) AS given (record_id, master, wrapped)
            WHERE known.record_id = given.record_id
            """
        )
    }

    /// How many records' keys each master key wraps, by its name.
    public func usage() async throws -> [String: Int64] {
        let rows = try await connection.query(
            "/* registry.recordKey.usage */ SELECT master, count(*) FROM registry.record_key GROUP BY master"
        )
        return Dictionary(
            try rows.map { try $0.decode((String, Int64).self) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
