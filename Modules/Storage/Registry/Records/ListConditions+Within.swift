extension ListConditions {
    /// The codes of a region and of all regions below it.
    ///
    /// - Parameter region: The code; one that there is not stands alone.
    /// - Returns: SQL of an array of texts, which is worked out once a statement.
    mutating func within(_ region: String) -> String {
        """
        (WITH RECURSIVE within (code) AS (
            SELECT \(bind(region))::text
            UNION
            SELECT r.code FROM registry.region r JOIN within ON r.parent_code = within.code
        ) SELECT array_agg(code) FROM within)::text[]
        """
    }
}
