public import DomainModel
public import PersonalData
public import PostgresClient

/// Keeps what erasures have still to do in submitted files, and what they did.
public struct FileErasureStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction. The work itself needs all regions.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// What an erasure has to do.
    public struct Sweep: Sendable {
        /// The row numbers of the erased records.
        public let records: [Int64]
        /// Their keys.
        public let keys: [String]
        /// What they were.
        public let kind: RegistryKind
        /// The key of the traces where the host has none for personal data.
        public let salt: [UInt8]?
        /// Keyed hashes of numbers and names that tell whether a row is about the person.
        public let traces: Set<BlindEntry>
    }

    /// Begins one, in the transaction of the erasure.
    ///
    /// - Throws: `PostgresError`.
    public func begin(_ approval: Int64, salt: [UInt8]?, traces: Set<BlindEntry>) async throws {
        try await connection.execute(
            """
            /* registry.sweep.begin */ INSERT INTO registry.erasure_sweep (approval_id, salt)
            VALUES (\(approval), \(salt)::bytea)
            """
        )
        let traces = Array(traces)
        try await connection.execute(
            """
            /* registry.sweep.trace */ INSERT INTO registry.erasure_trace (approval_id, field, hash)
            SELECT \(approval), field, hash
            FROM unnest(\(traces.map(\.field))::text[], \(traces.map(\.hash))::bytea[]) AS given (field, hash)
            """
        )
    }

    /// What is to be done by an approval; `nil` when it is done, or there is nothing.
    public func open(_ approval: Int64) async throws -> Sweep? {
        let row = try await connection.queryOne(
            """
            /* registry.sweep.open */ SELECT array_agg(r.id ORDER BY r.id), array_agg(r.key ORDER BY r.id), min(r.kind),
                s.salt
            FROM registry.erasure_sweep s JOIN registry.erasure e USING (approval_id)
                JOIN registry.record r ON r.id = e.record_id
            WHERE s.approval_id = \(approval) AND s.done_at IS NULL GROUP BY s.salt
            """
        )
        guard let row else { return nil }
        let (records, keys, kind, salt) = try row.decode(([Int64], [String], String, [UInt8]?).self)
        let traces = try await connection.query(
            """
            /* registry.sweep.traces */ SELECT field, hash FROM registry.erasure_trace WHERE approval_id = \(approval)
            """
        ).map { row in
            let (field, hash) = try row.decode((String, [UInt8]).self)
            return BlindEntry(field: field, hash: hash)
        }
        return Sweep(
            records: records,
            keys: keys,
            kind: try stored(RegistryKind.self, kind),
            salt: salt,
            traces: Set(traces)
        )
    }

    /// Ends one: nothing is known any more that tells rows about the person.
    ///
    /// - Returns: How many rows it has blanked.
    public func finish(_ approval: Int64) async throws -> Int64 {
        try await connection.execute(
            "/* registry.sweep.forget */ DELETE FROM registry.erasure_trace WHERE approval_id = \(approval)"
        )
        let row = try await connection.queryOne(
            """
            /* registry.sweep.finish */ WITH done AS (
                UPDATE registry.erasure_sweep SET done_at = clock_timestamp(), salt = NULL
                WHERE approval_id = \(approval) AND done_at IS NULL
            )
            SELECT count(*) FROM registry.blanked_line WHERE approval_id = \(approval)
            """
        )
        return try row?.decode(Int64.self) ?? 0
    }

    /// What was done by an approval so far.
    public func files(of approval: Int64) async throws -> ErasedFiles {
        let done = try await connection.queryOne(
            "/* registry.sweep.done */ SELECT done_at FROM registry.erasure_sweep WHERE approval_id = \(approval)"
        )?.decode(PostgresTimestamp?.self)
        let blanked = try await connection.query(
            """
            /* registry.sweep.files */ SELECT l.sha256, array_agg(l.line::bigint ORDER BY l.line),
                ARRAY(SELECT b.id FROM collection.batch b WHERE b.sha256 = l.sha256 ORDER BY b.id)
            FROM registry.blanked_line l WHERE l.approval_id = \(approval) AND l.blanked_at IS NOT NULL
            GROUP BY l.sha256 ORDER BY l.sha256
            """
        ).map { row in
            let (sha256, lines, batches) = try row.decode((String, [Int64], [Int64]).self)
            return ErasedFiles.File(sha256: sha256, batches: batches, lines: lines.map { Int($0) })
        }
        return ErasedFiles(doneAt: (done ?? nil).map { Instant($0) }, blanked: blanked)
    }
}
