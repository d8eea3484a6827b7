public import DomainModel
public import PostgresClient

/// Keeps what records are compared by, and finds those that meet.
public struct LinkageStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is found.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Makes records be compared by these rows; what is so already is left as it is.
    ///
    /// - Parameters:
    ///   - rows: Each record once.
    ///   - ended: Records that are compared no longer.
    /// - Throws: `PostgresError`.
    public func put(_ rows: [LinkageRow], removing ended: [Int64] = []) async throws {
        if !ended.isEmpty {
            try await connection.execute(
                """
                /* registry.linkage.remove */ DELETE FROM registry.linkage_profile
                WHERE record_id = ANY (\(ended)::bigint[])
                """
            )
        }
        if rows.isEmpty { return }
        func joined(_ keys: [Int64]) -> String { keys.map(String.init).joined(separator: " ") }
        try await connection.execute(
            """
            /* registry.linkage.put */ INSERT INTO registry.linkage_profile AS known (
                record_id, kind, region_id, version, keys, names, content
            )
            SELECT record_id, kind, region_id, version, string_to_array(keys, ' ')::bigint[],
                string_to_array(names, ' ')::bigint[], content
            FROM unnest(
                \(rows.map(\.record))::bigint[], \(rows.map(\.kind.rawValue))::text[], \(rows.map(\.region))::integer[],
                \(rows.map(\.version))::bigint[], \(rows.map { joined($0.keys) })::text[],
                \(rows.map { joined($0.names) })::text[], \(rows.map(\.content))::text[]
            ) AS given (record_id, kind, region_id, version, keys, names, content)
            ON CONFLICT (record_id) DO UPDATE SET
                kind = excluded.kind, region_id = excluded.region_id, version = excluded.version,
                keys = excluded.keys, names = excluded.names, content = excluded.content
            """
        )
    }

    /// The numbers of records whose row is missing or older than their last write, in order.
    public func stale(_ kind: RegistryKind, after: Int64, limit: Int) async throws -> [Int64] {
        try await connection.query(
            """
            /* registry.linkage.stale */ SELECT r.id
            FROM registry.record r LEFT JOIN registry.linkage_profile p ON p.record_id = r.id
            WHERE r.kind = \(kind.rawValue) AND r.id > \(after) AND CASE
                WHEN r.state IN ('active', 'closed') THEN p.version IS DISTINCT FROM r.recording_id
                ELSE p.record_id IS NOT NULL
            END
            ORDER BY r.id LIMIT \(Int64(limit))
            """
        ).map { try $0.decode(Int64.self) }
    }

    /// What is believed of records, as far as they are told apart by it.
    ///
    /// - Parameters:
    ///   - records: The row numbers of the records.
    ///   - fields: The fields that count, of records and of statements.
    ///   - types: The kinds of statements that count.
    /// - Returns: The facts of each record, in no order.
    /// - Throws: `PostgresError`; `DecodingError` for attributes that are none.
    public func facts(
        of records: [Int64],
        fields: [String],
        statements types: [String]
    ) async throws -> [LinkageFacts] {
        // The numbers of a page lie together: each table is read along a stretch of an index.
        let (first, last) = (records.min(), records.max())
        var facts: [LinkageFacts] = []
        var places: [Int64: Int] = [:]
        let rows = try await connection.query(
            """
            /* registry.linkage.records */ SELECT id, kind, state, region_id, recording_id FROM registry.record
            WHERE id = ANY (\(records)::bigint[]) AND id BETWEEN \(first) AND \(last)
            """
        )
        for row in rows {
            let (id, kind, state, region, version) = try row.decode((Int64, String, String, Int32?, Int64).self)
            places[id] = facts.count
            facts.append(
                LinkageFacts(
                    record: id,
                    kind: try stored(RegistryKind.self, kind),
                    isKept: try stored(RecordState.self, state).isRelatable,
                    region: region,
                    version: version
                )
            )
        }
        let versions = try await connection.query(
            """
            /* registry.linkage.versions */ SELECT v.record_id, coalesce((
                    SELECT jsonb_object_agg(given.key, given.value) FROM jsonb_each(v.attributes) AS given
                    WHERE given.key = ANY (\(fields)::text[])
                ), '{}')::text
            FROM registry.record_version v
            WHERE v.record_id = ANY (\(records)::bigint[]) AND v.record_id BETWEEN \(first) AND \(last)
                AND v.superseded_by IS NULL
            ORDER BY v.record_id, v.valid_from DESC
            """
        )
        for row in versions {
            let (id, attributes) = try row.decode((Int64, String).self)
            guard let place = places[id] else { continue }
            facts[place].attributes.append(try Attributes.stored(attributes))
        }
        let statements = try await connection.query(
            """
            /* registry.linkage.statements */ SELECT s.subject_id, s.type,
                CASE WHEN o.merged_into IS NULL THEN s.object_id ELSE registry.successor(s.object_id, NULL) END,
                coalesce((
                    SELECT jsonb_object_agg(given.key, given.value) FROM jsonb_each(s.attributes) AS given
                    WHERE given.key = ANY (\(fields)::text[])
                ), '{}')::text
            FROM registry.statement s LEFT JOIN registry.record o ON o.id = s.object_id
            WHERE s.subject_id = ANY (\(records)::bigint[]) AND s.subject_id BETWEEN \(first) AND \(last)
                AND s.type = ANY (\(types)::text[])
                AND s.superseded_by IS NULL
            ORDER BY s.subject_id, s.number
            """
        )
        for row in statements {
            let (id, type, object, attributes) = try row.decode((Int64, String, Int64?, String).self)
            guard let place = places[id] else { continue }
            facts[place].statements.append(
                (type, object, try Attributes.stored(attributes))
            )
        }
        let hashes = try await connection.query(
            """
            /* registry.linkage.hashes */ SELECT record_id, field, encode(hash, 'hex') FROM registry.blind_index
            WHERE record_id = ANY (\(records)::bigint[]) AND record_id BETWEEN \(first) AND \(last)
            ORDER BY record_id, field, hash
            """
        )
        for row in hashes {
            let (id, field, hash) = try row.decode((Int64, String, String).self)
            if let place = places[id] { facts[place].hashes.append((field, hash)) }
        }
        return facts
    }

    /// The records that meet one, and how many have their names; of a key that very many share only some.
    public func meeting(_ row: LinkageRow, limit: Int) async throws -> [LinkageMember] {
        try await connection.query(
            """
            /* registry.linkage.meeting */ SELECT 0::bigint, p.record_id, p.kind, p.region_id, p.version, p.keys, p.names, p.content, (
                    SELECT coalesce(max(bearers.count), 1) FROM unnest(p.names) AS name CROSS JOIN LATERAL (
                        SELECT count(*) FROM registry.linkage_key n
                        WHERE n.kind = p.kind AND n.slot = 1 AND n.key = name
                    ) AS bearers
                ), false
            FROM (
                SELECT DISTINCT met.record_id FROM unnest(\(row.keys)::bigint[]) AS given (key) CROSS JOIN LATERAL (
                    SELECT k.record_id FROM registry.linkage_key k
                    WHERE k.kind = \(row.kind.rawValue) AND k.slot = 2 AND k.key = given.key LIMIT \(Int64(limit))
                ) AS met
            ) AS other JOIN registry.linkage_profile p USING (record_id)
            WHERE p.record_id <> \(row.record)
            """
        ).map(Self.member)
    }

    static func member(_ row: PostgresRow) throws -> LinkageMember {
        let (key, record, kind, region, version, keys, names, content, namesakes, isFresh) = try row.decode(
            (Int64, Int64, String, Int32?, Int64, [Int64], [Int64], String, Int64, Bool).self
        )
        return LinkageMember(
            key: key,
            row: LinkageRow(
                record: record,
                kind: try stored(RegistryKind.self, kind),
                region: region,
                version: version,
                keys: keys,
                names: names,
                content: content
            ),
            namesakes: Int(namesakes),
            isFresh: isFresh
        )
    }
}
