public import PersonalData
public import PostgresClient

/// Keeps which master keys the database has been used with, so that a host with others is found out at once.
public struct MasterKeyStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Makes the database know keys by their proofs; those that it knows already stay as they are.
    ///
    /// - Returns: All that the database knows, by name.
    /// - Throws: `PostgresError`: a unique violation of `master_key_index` for a second index key.
    public func introduce(_ proofs: [MasterKeys.Proof]) async throws -> [String: [UInt8]] {
        try await connection.execute(
            """
            /* registry.masterKey.introduce */ INSERT INTO registry.master_key (name, proof)
            SELECT name, proof FROM unnest(\(proofs.map(\.name))::text[], \(proofs.map(\.bytes))::bytea[])
                AS given (name, proof)
            WHERE NOT starts_with(name, \(MasterKeys.indexMark)::text)
                OR NOT EXISTS (SELECT FROM registry.master_key k WHERE k.name LIKE 'index:%')
            ON CONFLICT (name) DO NOTHING
            """
        )
        return try await known()
    }

    /// The proofs of all keys that the database knows, by name.
    public func known() async throws -> [String: [UInt8]] {
        let rows = try await connection.query(
            "/* registry.masterKey.known */ SELECT name, proof FROM registry.master_key"
        )
        return Dictionary(
            try rows.map { try $0.decode((String, [UInt8]).self) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The names of the keys that wrap some record's key.
    public func inUse() async throws -> [String] {
        try await connection.query(
            """
            /* registry.masterKey.inUse */ SELECT k.name FROM registry.master_key k
            WHERE EXISTS (SELECT FROM registry.record_key r WHERE r.master = k.name) ORDER BY k.name
            """
        ).map { try $0.decode(String.self) }
    }
}
