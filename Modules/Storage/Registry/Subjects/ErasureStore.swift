public import DomainModel
public import PostgresClient

/// Erases what is known of persons, and keeps that it was done.
public struct ErasureStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is seen.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A record that goes with another one.
    public struct Member: Sendable {
        /// Its number.
        public let id: Int64
        /// Its key.
        public let key: String
        /// Whether the transaction's regions reach it.
        public let isVisible: Bool
    }

    /// A record and all that were merged into it, in any region; none when the record is not to be seen.
    public func family(of key: String) async throws -> [Member] {
        let rows = try await connection.query(
            """
            /* registry.erasure.family */ SELECT f.id, f.key, EXISTS (SELECT FROM registry.record r WHERE r.id = f.id)
            FROM registry.family(\(key)) f ORDER BY f.key
            """
        )
        let members = try rows.map { row in
            let (id, key, isVisible) = try row.decode((Int64, String, Bool).self)
            return Member(id: id, key: key, isVisible: isVisible)
        }
        return members.contains { $0.key == key && $0.isVisible } ? members : []
    }

    /// What an erasure of records would do.
    ///
    /// - Throws: `PostgresError`.
    public func rehearse(_ members: [Member]) async throws -> ErasureRehearsal {
        let row = try await connection.queryOne(
            """
            /* registry.erasure.rehearse */ WITH part AS (
                SELECT a.key AS code, registry.outlives_person(f) IS TRUE AS stays, a.key = ANY (p.goes) AS goes
                FROM registry.record r JOIN registry.record_version v ON v.record_id = r.id
                    CROSS JOIN LATERAL jsonb_object_keys(v.attributes) AS a (key)
                    CROSS JOIN LATERAL registry.parted('record', r.kind, v.attributes) p
                    LEFT JOIN registry.field f ON f.owner_type = 'record' AND f.owner = r.kind AND f.code = a.key
                WHERE r.id = ANY (\(members.map(\.id))::bigint[])
                UNION
                SELECT s.type || '.' || a.key, a.key <> ALL (p.goes), a.key = ANY (p.goes)
                FROM registry.statement s CROSS JOIN LATERAL jsonb_object_keys(s.attributes) AS a (key)
                    CROSS JOIN LATERAL registry.parted('statement', s.type, s.attributes) p
                WHERE s.subject_id = ANY (\(members.map(\.id))::bigint[])
            )
            SELECT ARRAY(SELECT code FROM part WHERE goes ORDER BY code COLLATE "C"),
                ARRAY(SELECT code FROM part WHERE stays ORDER BY code COLLATE "C"),
                (SELECT count(*) FROM registry.record_version v WHERE v.record_id = ANY (\(members.map(\.id))::bigint[])),
                (SELECT count(*) FROM registry.statement s WHERE s.subject_id = ANY (\(members.map(\.id))::bigint[])),
                registry.leading_to(\(members.map(\.id))::bigint[]), registry.batches_of(\(members.map(\.id))::bigint[])
            """
        )
        guard let row else { throw StorageError.missing("the rehearsal") }
        let (goes, stays, versions, statements, incoming, batches) = try row.decode(
            ([String], [String], Int64, Int64, [Int64], [Int64]).self
        )
        return ErasureRehearsal(
            records: members.map(\.key),
            goes: goes,
            stays: stays,
            versions: Int(versions),
            statements: Int(statements),
            incoming: incoming,
            batches: batches
        )
    }

    /// Erases a record that an approval names, which the transaction's principal has asked for.
    ///
    /// - Throws: `PostgresError`, also when nobody has approved it.
    public func erase(_ record: Int64, recording: Int64, approval: Int64) async throws {
        _ = try await connection.query(
            "/* registry.erasure.erase */ SELECT registry.erase(\(record), \(recording), \(approval))"
        )
    }

    /// The batches that brought some of what is or was known of records, and runs a body for each in all regions: the trail
    /// covers a batch as a whole, whoever erases a part of it.
    ///
    /// - Throws: `PostgresError`; what the body throws. Then the transaction must end without effect.
    public func forEachBatch(of records: [Int64], _ body: (Int64) async throws -> Void) async throws {
        let row = try await connection.queryOne(
            """
            /* registry.erasure.batches */ SELECT registry.batches_of(\(records)::bigint[])
            """
        )
        guard let batches = try row?.decode([Int64].self), !batches.isEmpty else { return }
        try await RegionScope.everywhere.within(connection) {
            for batch in batches { try await body(batch) }
        }
    }

    /// What is left of an erased record, or `nil` when it is none, or not to be seen.
    public func tombstone(of key: String) async throws -> Tombstone? {
        let row = try await connection.queryOne(
            """
            /* registry.erasure.byKey */ SELECT r.key, r.kind, e.erased_at, e.principal, e.approval_id, e.fields,
                e.versions, e.statements, registry.leading_to(ARRAY[r.id]), e.batches
            FROM registry.erasure e JOIN registry.record r ON r.id = e.record_id WHERE r.key = \(key)
            """
        )
        guard let row else { return nil }
        let (key, kind, at, principal, approval, fields, versions, statements, incoming, batches) = try row.decode(
            (String, String, PostgresTimestamp, String, Int64, [String], Int32, Int32, [Int64], [Int64]).self
        )
        return Tombstone(
            key: key,
            kind: try stored(RegistryKind.self, kind),
            erasedAt: Instant(at),
            erasedBy: principal,
            approval: approval,
            fields: fields,
            versions: Int(versions),
            statements: Int(statements),
            incoming: incoming,
            batches: batches,
            files: try await FileErasureStore(connection).files(of: approval)
        )
    }
}
