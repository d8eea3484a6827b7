public import DomainModel
import PostgresClient

/// Blocks of what a write has brought.
///
/// It follows a load, of which statistics know nothing yet: everything is looked up by the key of an index, for each row
/// apart, so that nothing is left to choose.
extension LinkageStore {
    /// The keys of arrivals that too many records share.
    public func skipped(
        _ kind: RegistryKind,
        above most: Int,
        of arrivals: LinkageArrivals
    ) async throws -> Set<Int64> {
        let rows = try await connection.query(
            """
            /* registry.linkage.skippedOfArrivals */ WITH \(unescaped: Self.meeting(kind, most: most, arrivals))
            SELECT key FROM meeting GROUP BY key HAVING count(*) > \(Int64(most))
            """
        )
        return Set(try rows.map { try $0.decode(Int64.self) })
    }

    /// Begins to read the blocks that arrivals belong to, which are marked as fresh in them.
    ///
    /// It lasts until the transaction ends; ``nextMembers(_:)`` reads on.
    ///
    /// - Parameters:
    ///   - kind: What the records are.
    ///   - most: The most records of a block.
    ///   - arrivals: The records.
    /// - Throws: `PostgresError`.
    public func openBlocks(_ kind: RegistryKind, most: Int, of arrivals: LinkageArrivals) async throws {
        try await open(
            """
            WITH \(Self.meeting(kind, most: most, arrivals)), block AS MATERIALIZED (
                SELECT key, record_id FROM (
                    SELECT key, record_id, count(*) OVER (PARTITION BY key) AS size FROM meeting
                ) AS sized WHERE size BETWEEN 2 AND \(most)
            )
            SELECT block.key, p.record_id, p.kind, p.region_id, p.version, p.keys, '{}'::bigint[], p.content,
                coalesce((
                    SELECT max((
                        SELECT count(*) FROM registry.linkage_key n
                        WHERE n.kind = '\(kind.rawValue)' AND n.slot = 1 AND n.key = given.name
                    )) FROM unnest(p.names) AS given (name)
                ), 1),
                \(arrivals.contains("p.record_id"))
            FROM block CROSS JOIN LATERAL (
                SELECT * FROM registry.linkage_profile p WHERE p.record_id = block.record_id LIMIT 1
            ) AS p
            ORDER BY block.key
            """
        )
    }

    /// The keys of arrivals, each with records that share it: one more than a block may have, if there are so many.
    private static func meeting(_ kind: RegistryKind, most: Int, _ arrivals: LinkageArrivals) -> String {
        """
        fresh AS MATERIALIZED (
            SELECT p.record_id, p.keys FROM (\(arrivals.query)) AS arrived CROSS JOIN LATERAL (
                SELECT p.record_id, p.keys FROM registry.linkage_profile p
                WHERE p.record_id = arrived.record_id AND p.kind = '\(kind.rawValue)' LIMIT 1
            ) AS p
        ), meeting AS (
            SELECT wanted.key, k.record_id FROM (SELECT DISTINCT unnest(keys) AS key FROM fresh) AS wanted CROSS JOIN LATERAL (
                SELECT k.record_id FROM registry.linkage_key k
                WHERE k.kind = '\(kind.rawValue)' AND k.slot = 2 AND k.key = wanted.key LIMIT \(most + 1)
            ) AS k
        )
        """
    }
}
