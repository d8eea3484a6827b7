extension ListConditions {
    /// A code and all codes that a vocabulary has below it.
    ///
    /// - Parameters:
    ///   - code: The code; one that the vocabulary does not have stands alone.
    ///   - vocabulary: The vocabulary.
    /// - Returns: SQL of an array of texts, which is worked out once a statement.
    mutating func narrower(_ code: String, in vocabulary: String) -> String {
        """
        (WITH RECURSIVE narrower (code) AS (
            SELECT \(bind(code))::text
            UNION
            SELECT c.code FROM registry.classification c JOIN narrower ON c.parent_code = narrower.code
            WHERE c.vocabulary = \(bind(vocabulary))
        ) SELECT array_agg(code) FROM narrower)::text[]
        """
    }
}
