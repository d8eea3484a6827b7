/// What the database refuses as the value of a field, as a condition of SQL.
///
/// Millions of values pass it in one statement. So what there is to know of a field is worked out once and looked up by
/// key, whatever the planner thinks of the table; values meet no function that is not PostgreSQL's own, and no pattern
/// that needs a long automaton.
enum ValueCheck {
    /// Joins what is asked of the value that is given for `given.code`, as `f`.
    ///
    /// - Parameters:
    ///   - type: `record` or `statement`.
    ///   - owner: The column of the field's owner.
    /// - Returns: A join.
    static func field(of type: String, _ owner: String) -> String {
        """
        LEFT JOIN LATERAL (
            SELECT known.is_many, known.vocabulary, known.minimum, known.maximum, known.maximum_length,
                '^(?:' || known.pattern || ')$' AS pattern,
                ARRAY(SELECT choice->>'code' FROM jsonb_array_elements(known.choices) AS choice) AS choices,
                CASE
                    WHEN known.privacy = 'sealed' THEN 1
                    WHEN known.type = 'boolean' THEN 2
                    WHEN known.type IN ('integer', 'year') THEN 3
                    WHEN known.type = 'decimal' THEN 4
                    WHEN known.type = 'date' THEN 5
                    WHEN known.type = 'term' THEN 6
                    WHEN known.type = 'region' THEN 7
                    WHEN known.type = 'choice' THEN 8
                    WHEN known.pattern IS NOT NULL THEN 9
                    ELSE 10
                END AS rule
            FROM registry.field known
            WHERE known.owner_type = '\(type)' AND known.owner = \(owner) AND known.code = given.code LIMIT 1
        ) AS f ON true
        """
    }

    /// Whether the field `f`, which may be none, refuses the value `given.value`.
    static let isRefused = """
        CASE
            WHEN f.rule IS NULL THEN true
            WHEN NOT f.is_many THEN \(isRefused("given.value"))
            WHEN jsonb_typeof(given.value) <> 'array' THEN true
            ELSE EXISTS (
                SELECT FROM jsonb_array_elements(given.value) AS element (value)
                WHERE \(isRefused("element.value"))
            )
        END
        """

    /// The same of one value, which is no list.
    private static func isRefused(_ value: String) -> String {
        let text = "\(value) #>> '{}'"
        return """
            CASE
                WHEN f.rule IN (2, 3) THEN CASE
                    WHEN f.rule = 2 THEN jsonb_typeof(\(value)) <> 'boolean'
                    WHEN jsonb_typeof(\(value)) <> 'number' OR \(text) !~ '^-?[0-9]{1,19}$' THEN true
                    ELSE \(isOutOfBounds(text))
                END
                WHEN jsonb_typeof(\(value)) <> 'string' THEN true
                ELSE CASE f.rule
                    -- No shorter than its form, a nonce and a tag.
                    WHEN 1 THEN length(\(text)) < 49 OR \(text) !~ '^sealed:1:[A-Za-z0-9+/]+={0,2}$'
                    WHEN 4 THEN CASE
                        WHEN \(text) !~ '^-?[0-9]{1,24}([.][0-9]{1,12})?$' THEN true
                        ELSE \(isOutOfBounds(text))
                    END
                    WHEN 5 THEN CASE
                        WHEN \(text) !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN true
                        ELSE (\(text))::date IS NULL
                    END
                    WHEN 6 THEN
                        (f.vocabulary, \(text)) NOT IN (SELECT c.vocabulary, c.code FROM registry.classification c)
                    WHEN 7 THEN \(text) NOT IN (SELECT g.code FROM registry.region g)
                    WHEN 8 THEN (\(text) = ANY (f.choices)) IS NOT TRUE
                    WHEN 9 THEN length(\(text)) NOT BETWEEN 1 AND f.maximum_length OR \(text) !~ f.pattern
                    ELSE length(\(text)) NOT BETWEEN 1 AND f.maximum_length
                END
            END
            """
    }

    private static func isOutOfBounds(_ text: String) -> String {
        "coalesce((\(text))::numeric < f.minimum OR (\(text))::numeric > f.maximum, false)"
    }
}
