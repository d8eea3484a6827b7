import DomainModel
import PostgresClient

/// Writes the SQL that finds the records of a selection.
///
/// Names of fields, statements and terms come from rules, not from callers, and are bound as values all the same.
struct SelectionSQL {
    /// The days that are looked at; the last one is the day before the end.
    let days: DateSpan
    /// As believed when; `nil` for now.
    let asOf: Instant?
    private(set) var conditions = ListConditions()

    init(days: DateSpan, asOf: Instant?) {
        self.days = days
        self.asOf = asOf
    }

    /// `SELECT` of the records, the codes of their regions, and the number that each adds.
    mutating func select(_ selection: RecordSelection, adding field: String? = nil) -> String {
        let kind = conditions.bind(selection.kind.rawValue)
        let last = lastDay
        let value = field.map { "coalesce((version.attributes->>\(conditions.bind($0)))::numeric, 0)" } ?? "1"
        var terms = [
            // Of what is merged or withdrawn nothing is believed since; until then it counted.
            "record.kind = \(kind)",
            "version.valid_from <= \(last)", believed("version"),
            """
            NOT EXISTS (
                SELECT FROM registry.record_version later
                WHERE later.record_id = version.record_id AND later.valid_from > version.valid_from
                    AND later.valid_from <= \(last) AND \(believed("later"))
            )
            """,
        ]
        // What has ended by the last day counts among what happened, not among what there is.
        if !selection.isFlow { terms.append("version.state = 'active'") }
        terms += selection.conditions.map { sql($0) }
        return """
            SELECT record.id, version.attributes->>'region' AS region, \(value) AS added
            FROM registry.record JOIN registry.record_version version ON version.record_id = record.id
            WHERE \(terms.joined(separator: "\n    AND "))
            """
    }

    private var first: String { days.from?.isoText ?? "-infinity" }
    private var end: String { days.until?.isoText ?? "infinity" }
    /// Written and not bound, since it is no caller's text.
    private var lastDay: String { "('\(end)'::date - 1)" }

    private mutating func believed(_ table: String) -> String { conditions.believed(table, asOf: asOf) }

    private mutating func sql(_ condition: RecordSelection.Condition) -> String {
        switch condition {
        case .field(let code, let values):
            return "version.attributes->>\(conditions.bind(code)) = ANY (\(narrower(values)))"
        case .isTrue(let code):
            return "version.attributes @> \(conditions.bind("{\"\(code)\":true}"))::text::jsonb"
        case .dated(let code):
            let field = "(version.attributes->>\(conditions.bind(code)))::date"
            return "\(field) >= '\(first)' AND \(field) < '\(end)'"
        case .holds(let type, let terms):
            return statement(type, terms, "statement.valid @> \(lastDay)")
        case .begins(let type, let terms):
            return statement(
                type,
                terms,
                "lower(statement.valid) >= '\(first)' AND lower(statement.valid) < '\(end)'"
            )
        }
    }

    private mutating func statement(_ type: String, _ terms: [String], _ time: String) -> String {
        let ofTerms = terms.isEmpty ? "" : " AND statement.term = ANY (\(narrower(terms)))"
        return """
            EXISTS (
                SELECT FROM registry.statement
                WHERE statement.subject_id = record.id AND statement.type = \(conditions.bind(type)) AND \(time)\(ofTerms)
                    AND \(believed("statement"))
            )
            """
    }

    /// The codes and all that vocabularies have below them; a code is in one vocabulary that a rule can mean.
    private mutating func narrower(_ codes: [String]) -> String {
        """
        (WITH RECURSIVE term (vocabulary, code) AS (
            SELECT NULL, given FROM unnest(\(conditions.bind(codes))::text[]) given
            UNION
            SELECT c.vocabulary, c.code FROM registry.classification c JOIN term ON c.parent_code = term.code
            WHERE term.vocabulary IS NULL OR c.vocabulary = term.vocabulary
        ) SELECT array_agg(code) FROM term)::text[]
        """
    }
}
