public import DomainModel
import PostgresClient

extension LinkageStore {
    /// How many records of a kind can be compared.
    public func count(_ kind: RegistryKind) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.linkage.count */ SELECT count(*) FROM registry.linkage_profile WHERE kind = \(kind.rawValue)
            """
        )
        return try row?.decode(Int64.self) ?? 0
    }

    /// About how many records can be compared, without counting them.
    public func roughCount() async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.linkage.rough */ SELECT greatest(reltuples, 0)::bigint FROM pg_class
            WHERE oid = 'registry.linkage_profile'::regclass
            """
        )
        return try row?.decode(Int64.self) ?? 0
    }

    /// How many records have the commonest name of a record.
    public func bearers(of row: LinkageRow) async throws -> Int {
        let found = try await connection.queryOne(
            """
            /* registry.linkage.bearers */ SELECT coalesce(max(bearers.count), 1)
            FROM unnest(\(row.names)::bigint[]) AS given (name) CROSS JOIN LATERAL (
                SELECT count(*) FROM registry.linkage_key n
                WHERE n.kind = \(row.kind.rawValue) AND n.slot = 1 AND n.key = given.name
            ) AS bearers
            """
        )
        return Int(try found?.decode(Int64.self) ?? 1)
    }

    /// The public keys of records that may be seen.
    public func recordKeys(_ records: [Int64]) async throws -> [Int64: String] {
        if records.isEmpty { return [:] }
        let rows = try await connection.query(
            """
            /* registry.linkage.recordKeys */ SELECT id, key FROM registry.record
            WHERE id = ANY (\(records)::bigint[])
            """
        )
        return Dictionary(try rows.map { try $0.decode((Int64, String).self) }) { first, _ in first }
    }

    /// The names of regions as firms put them before their own, whole and without the word for what they are.
    public func places() async throws -> [String] {
        try await connection.query(
            """
            /* registry.linkage.places */ SELECT DISTINCT place FROM registry.region
            CROSS JOIN LATERAL (VALUES (name_zh), (regexp_replace(name_zh, '[省市区县]$', ''))) AS written (place)
            WHERE length(place) BETWEEN 2 AND 8 ORDER BY place
            """
        ).map { try $0.decode(String.self) }
    }

    /// The keys that too many records share, and how many share each.
    public func skipped(_ kind: RegistryKind, above most: Int) async throws -> [(key: Int64, size: Int64)] {
        try await connection.query(
            """
            /* registry.linkage.skipped */ SELECT key, count(*) FROM registry.linkage_key
            WHERE kind = \(kind.rawValue) AND slot = 2 GROUP BY key HAVING count(*) > \(Int64(most))
            """
        ).map { row in
            let (key, size) = try row.decode((Int64, Int64).self)
            return (key, size)
        }
    }

    /// Begins to read the blocks of a kind: the records that share a key, at least two and at most so many.
    ///
    /// It lasts until the transaction ends; ``nextMembers(_:)`` reads on.
    public func openBlocks(_ kind: RegistryKind, most: Int) async throws {
        // Records whose keys nobody shares are left out before anything is sorted.
        try await open(
            """
            WITH block AS MATERIALIZED (
                SELECT key, record_id FROM (
                    SELECT key, record_id, count(*) OVER (PARTITION BY key) AS size
                    FROM registry.linkage_key WHERE kind = '\(kind.rawValue)' AND slot = 2
                ) AS sized WHERE size BETWEEN 2 AND \(most)
            ), bearer AS MATERIALIZED (
                SELECT record_id, max(size) AS namesakes FROM (
                    SELECT record_id, count(*) OVER (PARTITION BY key) AS size
                    FROM registry.linkage_key WHERE kind = '\(kind.rawValue)' AND slot = 1
                ) AS sized GROUP BY record_id
            )
            SELECT block.key, p.record_id, p.kind, p.region_id, p.version, p.keys, '{}'::bigint[], p.content,
                coalesce(bearer.namesakes, 1), true
            FROM block
                JOIN registry.linkage_profile p USING (record_id)
                LEFT JOIN bearer USING (record_id)
            ORDER BY block.key
            """
        )
    }

    /// Declares the cursor of the blocks. It takes no binds.
    func open(_ blocks: String) async throws {
        // All rows are read: the plan that is quickest to the first one is not wanted.
        try await connection.execute("/* registry.linkage.whole */ SET LOCAL cursor_tuple_fraction = 1")
        try await connection.execute("/* registry.linkage.memory */ SET LOCAL work_mem = '128MB'")
        try await connection.execute(
            PostgresQuery(sql: "DECLARE linkage_block NO SCROLL CURSOR FOR \(blocks)", binds: [])
        )
    }

    /// The next members, block by block; none at the end. The last block may go on in the next answer.
    public func nextMembers(_ count: Int) async throws -> [LinkageMember] {
        try await connection.query(
            PostgresQuery(sql: "FETCH \(count) FROM linkage_block", binds: [])
        ).map(Self.member)
    }
}
