public import DomainModel
import PostgresClient

/// What is known of a person before it goes, and where else it may be read.
extension ErasureStore {
    /// Everything that is or was believed of records and said about them, as it is stored.
    ///
    /// - Returns: The attributes of each version and statement; those of statements with their type.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func everything(
        of records: [Int64]
    ) async throws -> [(record: Int64, statement: String?, attributes: Attributes)] {
        try await connection.query(
            """
            /* registry.erasure.everything */ SELECT v.record_id, NULL::text, v.attributes::text
            FROM registry.record_version v WHERE v.record_id = ANY (\(records)::bigint[])
            UNION ALL
            SELECT s.subject_id, s.type, s.attributes::text FROM registry.statement s
            WHERE s.subject_id = ANY (\(records)::bigint[])
            """
        ).map { row in
            let (record, type, attributes) = try row.decode((Int64, String?, String).self)
            return (record, type, try CanonicalJSON.decode(Attributes.self, from: attributes))
        }
    }

    /// Takes away what is kept of requests that speak of somebody: answers by idempotency key, and requests that were
    /// answered later. Their effect stays known, and nothing is done twice.
    ///
    /// - Parameters:
    ///   - keys: The keys of the records.
    ///   - names: The names of the person, as they stand in texts.
    /// - Throws: `PostgresError`.
    public func forgetRequests(of keys: [String], named names: [String]) async throws {
        let spelt =
            keys.map { Array(JSONString.text(of: $0).utf8) }
            + names.map { Array(JSONString.text(of: $0).utf8.dropFirst().dropLast()) }
        let paths = keys.map { "/\($0)" }
        try await connection.execute(
            """
            /* registry.erasure.answers */ UPDATE requests.answer SET status = NULL, headers = NULL, body = NULL
            WHERE body IS NOT NULL AND EXISTS (
                SELECT FROM unnest(\(spelt)::bytea[]) AS word WHERE position(word IN body) > 0
            )
            """
        )
        // What has not been done yet is left: it will be refused, or is about somebody else.
        try await connection.execute(
            """
            /* registry.erasure.operations */ UPDATE requests.operation o SET body = '', problem = o.problem - 'conflicts'
            WHERE EXISTS (
                SELECT FROM unnest(\(spelt)::bytea[]) AS word
                WHERE position(word IN o.body) > 0 OR position(word IN convert_to(o.problem::text, 'UTF8')) > 0
                UNION ALL SELECT FROM unnest(\(paths)::text[]) AS path WHERE strpos(o.target, path) > 0
            ) AND NOT EXISTS (
                SELECT FROM jobs.job j WHERE j.id = o.id AND j.state IN ('delayed', 'waiting', 'running')
            )
            """
        )
    }
}
