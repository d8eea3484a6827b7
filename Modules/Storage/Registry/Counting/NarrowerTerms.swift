import PostgresClient

/// The terms that vocabularies have below those that rules name.
///
/// They are looked up once a counting, so that its statement compares with terms and not with questions about them.
struct NarrowerTerms {
    private let below: [String: [String]]

    /// Looks terms up; a code is in one vocabulary that a rule can mean.
    ///
    /// - Throws: `PostgresError`.
    static func find(below codes: [String], _ connection: PostgresConnection) async throws -> NarrowerTerms {
        let rows = try await connection.query(
            """
            /* registry.tally.terms */
            WITH RECURSIVE term (given, vocabulary, code) AS (
                SELECT given, NULL, given FROM unnest(\(codes)::text[]) given
                UNION
                SELECT term.given, c.vocabulary, c.code
                FROM registry.classification c JOIN term ON c.parent_code = term.code
                WHERE term.vocabulary IS NULL OR c.vocabulary = term.vocabulary
            ) SELECT given, array_agg(DISTINCT code) FROM term GROUP BY given
            """
        )
        let pairs = try rows.map { try $0.decode((String, [String]).self) }
        return NarrowerTerms(below: Dictionary(uniqueKeysWithValues: pairs))
    }

    /// The codes and all below them.
    func of(_ codes: [String]) -> Set<String> { Set(codes.flatMap { below[$0] ?? [$0] }) }
}
