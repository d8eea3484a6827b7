public import DomainModel
public import NameForms
public import PostgresClient

/// Keeps what records are found by, and answers the search box.
public struct SearchStore {
    let connection: any PostgresQuerying

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is found. A question without
    /// filters and facets is one statement, which a reader answers too.
    public init(_ connection: any PostgresQuerying) {
        self.connection = connection
    }

    /// Makes records be found by these names and no others; what is so already is left as it is.
    ///
    /// - Parameter subjects: Each record once; records without names are taken out.
    /// - Throws: `PostgresError`, also when a record lies outside of the transaction's regions.
    public func put(_ subjects: [SearchSubject]) async throws {
        if subjects.isEmpty { return }
        if subjects.count > 1_000 {
            // The keys are put in order as a whole.
            try await connection.query("/* registry.search.memory */ SET LOCAL work_mem = '64MB'")
        }
        let rows = subjects.flatMap { subject in
            subject.names.enumerated().map { place, name in
                (
                    subject: subject, ordinal: Int16(clamping: place), name: name,
                    keys: SearchKeys(name.text, as: name.kind)
                )
            }
        }
        // The numbers of a page lie together: what is known of them is one stretch of the index.
        let numbers = subjects.map(\.record)
        try await connection.query(
            """
            /* registry.search.put */ WITH given AS (
                SELECT record_id, ordinal, kind, field, region_id, shown, name,
                    \(unescaped: Self.split("inside")), \(unescaped: Self.split("pinyin")),
                    \(unescaped: Self.split("initials"))
                FROM unnest(
                    \(rows.map(\.subject.record))::bigint[], \(rows.map(\.ordinal))::smallint[],
                    \(rows.map(\.subject.kind.rawValue))::text[], \(rows.map(\.name.field))::text[],
                    \(rows.map(\.subject.region))::integer[], \(rows.map(\.name.text))::text[],
                    \(rows.map(\.keys.name))::text[], \(rows.map { Self.joined($0.keys.inner) })::text[],
                    \(rows.map { Self.joined($0.keys.pinyin) })::text[],
                    \(rows.map { Self.joined($0.keys.initials) })::text[]
                ) AS given (
                    record_id, ordinal, kind, field, region_id, shown, name, inside, pinyin, initials
                )
            ), gone AS (
                DELETE FROM registry.search_entry known USING unnest(\(numbers)::bigint[]) AS record (id)
                WHERE known.record_id = record.id
                    AND known.record_id BETWEEN \(numbers.min()) AND \(numbers.max()) AND NOT EXISTS (
                    SELECT FROM given WHERE given.record_id = known.record_id AND given.ordinal = known.ordinal
                )
            )
            INSERT INTO registry.search_entry AS known (
                record_id, ordinal, kind, field, region_id, shown, name, inside, pinyin, initials
            )
            SELECT record_id, ordinal, kind, field, region_id, shown, name, inside, pinyin, initials FROM given
            ON CONFLICT (record_id, ordinal) DO UPDATE SET
                kind = excluded.kind, field = excluded.field, region_id = excluded.region_id, shown = excluded.shown,
                name = excluded.name, inside = excluded.inside, pinyin = excluded.pinyin, initials = excluded.initials
            WHERE (known.kind, known.field, known.region_id, known.shown, known.name, known.inside, known.pinyin,
                known.initials) IS DISTINCT FROM (excluded.kind, excluded.field, excluded.region_id, excluded.shown,
                excluded.name, excluded.inside, excluded.pinyin, excluded.initials)
            """
        )
    }

    /// The records that answer a question, best first, each once and at its best name.
    ///
    /// The cost does not grow with the number of names that answer, but for questions of several parts, which look
    /// through the names that have the first part.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - kinds: Which kinds of record; all by default.
    ///   - after: The cursor of the page before; `nil` begins at the start.
    ///   - limit: At most so many.
    /// - Returns: A page in the order of rank, key and record.
    /// - Throws: ``StorageError/unknownCode(_:)`` for a cursor that no page had; `PostgresError`.
    public func search(
        _ question: SearchQuestion,
        kinds: [RegistryKind] = RegistryKind.allCases,
        after: String? = nil,
        limit: Int
    ) async throws -> Page<SearchHit> {
        let place = try after.map { text in
            guard let place = SearchCursor(text) else { throw StorageError.unknownCode(text) }
            return place
        }
        let rows = try await connection.query(
            """
            /* registry.search */ SELECT found.rank, found.key, found.record_id, found.ordinal, e.kind, e.field, e.shown,
                r.key, coalesce(named.shown, e.shown), place.code
            FROM registry.search(
                \(question.whole)::text, \(question.pinyin)::text[], \(question.parts)::text[],
                \(kinds.map(\.rawValue))::text[], \(place?.rank.rawValue)::smallint, \(place?.key)::text,
                \(place?.record)::bigint, \(place?.ordinal)::smallint, \(Int32(clamping: limit + 1))
            ) found
            JOIN registry.search_entry e USING (record_id, ordinal) JOIN registry.record r ON r.id = found.record_id
            -- The first of the names is the one that the record goes by.
            LEFT JOIN registry.search_entry named ON named.record_id = found.record_id AND named.ordinal = 0
            LEFT JOIN registry.region place ON place.id = e.region_id
            ORDER BY found.rank, found.key COLLATE "C", found.record_id, found.ordinal
            """
        )
        let hits = try rows.map(Self.hit)
        let kept = hits.prefix(limit)
        return Page(items: kept.map(\.hit), next: hits.count > limit ? kept.last?.cursor.text : nil)
    }

    private static func hit(_ row: PostgresRow) throws -> (hit: SearchHit, cursor: SearchCursor) {
        let (rank, key, record, ordinal, kind, field, shown, publicKey, name, region) = try row.decode(
            (Int16, String, Int64, Int16, String, String, String, String, String, String?).self
        )
        guard let rank = SearchRank(rawValue: rank) else { throw StorageError.unknownCode(String(rank)) }
        guard let kind = RegistryKind(rawValue: kind) else { throw StorageError.unknownCode(kind) }
        return (
            SearchHit(
                record: record,
                key: publicKey,
                kind: kind,
                rank: rank,
                field: field,
                shown: shown,
                name: name,
                region: region
            ),
            SearchCursor(rank: rank, key: key, record: record, ordinal: ordinal)
        )
    }

    /// Arrays of arrays are parted by a character that no key has.
    static func joined(_ keys: [String]) -> String { keys.joined(separator: "\u{1F}") }

    private static func split(_ column: String) -> String { "string_to_array(\(column), chr(31)) AS \(column)" }
}
