import DomainModel
import PostgresClient

/// Writes the SQL of a counting pass: each record once, with the bits of what is true of it.
///
/// Names of fields, statements and terms come from rules, not from callers, and are bound as values all the same.
struct CountingSQL {
    let pass: CountingPass
    /// The days that are looked at; the last one is the day before the end.
    let days: DateSpan
    /// As believed when; `nil` for now.
    let asOf: Instant?
    private(set) var conditions = ListConditions()

    init(_ pass: CountingPass, days: DateSpan, asOf: Instant?) {
        self.pass = pass
        self.days = days
        self.asOf = asOf
    }

    /// Keeps what is counted, for tallies by the places of their rules.
    mutating func keep(_ tallies: [Int64]) -> String {
        let (kinds, told) = (conditions.bind(pass.kinds.map(\.rawValue)), told())
        let columns = columns()
        let parts = pass.parts
        let (of, wholes) = (conditions.bind(parts.map { tallies[$0.rule] }), conditions.bind(parts.map(\.isWhole)))
        let ofKinds = conditions.bind(parts.map(\.kind.rawValue))
        let masks = conditions.bind(parts.map(\.bits))
        let sums = pass.sums
        let places = conditions.bind(parts.map { part in Int32(part.field.flatMap(sums.firstIndex) ?? -1) })
        let total = sums.indices.map { "WHEN part.place = \($0) THEN coalesce(found.added\($0), 0) " }.joined()
        let added = sums.indices.map { ", sum(one.added\($0)) AS added\($0)" }.joined()
        return """
            /* registry.tally.keep */ WITH told AS (\(told.all)), found AS (
                -- Combinations are few where records are many.
                SELECT one.kind, one.region_id, one.bits, array_agg(one.id) AS records, count(*) AS number\(added)
                FROM (\(members(kinds, told.one, columns))) AS one GROUP BY one.kind, one.region_id, one.bits
            )
            INSERT INTO registry.tally_part (tally_id, region_id, is_whole, records, total)
            SELECT part.tally_id, found.region_id, part.is_whole, registry.all_of(found.records),
                sum(CASE \(total)WHEN true THEN found.number END)
            FROM unnest(
                \(of)::bigint[], \(wholes)::boolean[], \(ofKinds)::text[], \(masks)::bigint[], \(places)::integer[]
            ) AS part (tally_id, is_whole, kind, bits, place)
            JOIN found ON found.kind = part.kind AND found.bits & part.bits = part.bits
            GROUP BY part.tally_id, found.region_id, part.is_whole
            """
    }

    private var first: String { days.from?.isoText ?? "-infinity" }
    private var end: String { days.until?.isoText ?? "infinity" }
    /// Written and not bound, since it is no caller's text.
    private var lastDay: String { "('\(end)'::date - 1)" }

    private mutating func believed(_ table: String) -> String { conditions.believed(table, asOf: asOf) }

    /// The records that may count, with the regions that they lie in on the last day.
    private mutating func members(_ kinds: String, _ told: String, _ columns: String) -> String {
        let open = open()
        // Of what is merged or withdrawn nothing is believed since; until then it counted.
        let dated = """
            SELECT record.id, record.kind, region.id AS region_id, \(columns)
            FROM registry.record CROSS JOIN LATERAL (
                SELECT v.state, v.attributes->>'region' AS region \(version())
            ) AS holding
            LEFT JOIN registry.region ON region.code = holding.region
            """
        let asked = "record.kind = ANY (\(kinds)::text[]) AND (told.bits <> 0\(open))"
        guard asOf == nil else { return "\(dated) LEFT JOIN told ON told.id = record.id WHERE \(asked)" }
        let later = "later.superseded_by IS NULL AND later.valid_from > \(lastDay)"
        return """
            -- A record has the region and the state of its last version, so that few versions need be looked at.
            SELECT record.id, record.kind, record.region_id, \(columns)
            FROM registry.record CROSS JOIN LATERAL (SELECT record.state) AS holding
            LEFT JOIN told ON told.id = record.id
            WHERE \(asked) AND record.state IN ('active', 'closed') AND NOT EXISTS (
                SELECT FROM registry.record_version later WHERE later.record_id = record.id AND \(later)
            )
            UNION ALL
            \(dated) LEFT JOIN LATERAL (\(told)) AS told ON true
            WHERE \(asked) AND record.id IN (
                SELECT later.record_id FROM registry.record_version later WHERE \(later)
                UNION SELECT erased.id FROM registry.record erased WHERE erased.state = 'erased'
            )
            """
    }

    /// From what holds of a record on the last day.
    private mutating func version() -> String {
        """
        FROM registry.record_version v WHERE v.record_id = record.id AND v.valid_from <= \(lastDay) AND \(believed("v"))
        ORDER BY v.valid_from DESC LIMIT 1
        """
    }

    /// The bits that statements give to the records that they are about: to all of them, and to one.
    private mutating func told() -> (all: String, one: String) {
        let types = pass.statements.sorted { $0.key < $1.key }
        if types.isEmpty {
            let none = "SELECT NULL::bigint AS id, 0::bigint AS bits WHERE false"
            return (none, none)
        }
        let cases = types.map { type, atoms in
            let holds = atoms.filter { !$0.condition.looksAtBegin }.map { said($0) }
            let begins = atoms.filter(\.condition.looksAtBegin).map { said($0) }
            var bits: [String] = []
            if !holds.isEmpty {
                bits.append("CASE WHEN statement.valid @> \(lastDay) THEN \(Self.union(holds)) ELSE 0 END")
            }
            if !begins.isEmpty {
                bits.append(
                    """
                    CASE WHEN lower(statement.valid) >= '\(first)' AND lower(statement.valid) < '\(end)'
                    THEN \(Self.union(begins)) ELSE 0 END
                    """
                )
            }
            return "WHEN \(conditions.bind(type)) THEN \(Self.union(bits))"
        }
        // Written and not bound, so that an index of these kinds is known to have them.
        let names = types.map { "'\($0.key)'" }.joined(separator: ", ")
        let select = """
            SELECT statement.subject_id AS id, bit_or(CASE statement.type \(cases.joined(separator: "\n")) END) AS bits
            FROM registry.statement WHERE statement.type IN (\(names)) AND \(believed("statement"))
            """
        let group = "GROUP BY statement.subject_id"
        return ("\(select) \(group)", "\(select) AND statement.subject_id = record.id \(group)")
    }

    private mutating func said(_ atom: (condition: RecordSelection.Condition, bit: Int64)) -> String {
        switch atom.condition {
        case .holds(_, let terms), .begins(_, let terms):
            if terms.isEmpty { return "\(atom.bit)::bigint" }
            return "CASE WHEN statement.term = ANY (\(narrower(terms))) THEN \(atom.bit)::bigint ELSE 0 END"
        case .field, .isTrue, .dated: return "0"
        }
    }

    /// All bits of a record, and what it adds to sums. Fields are looked up only of records for which they matter.
    private mutating func columns() -> String {
        let kinds = pass.kinds.compactMap { kind -> String? in
            let atoms = pass.fields[kind, default: []]
            if atoms.isEmpty { return nil }
            let gates = Set(atoms.map { pass.gate(of: $0.bit, kind) })
            let bits = atoms.map { "CASE WHEN \(field($0.condition)) THEN \($0.bit)::bigint ELSE 0 END" }
            let found = "coalesce((SELECT \(Self.union(bits)) \(version())), 0)"
            return "WHEN \(conditions.bind(kind.rawValue)) THEN \(gated(gates, found, otherwise: "0"))"
        }
        var all = ["coalesce(told.bits, 0)", "CASE WHEN holding.state = 'active' THEN \(pass.active) ELSE 0 END"]
        if !kinds.isEmpty { all.append("CASE record.kind \(kinds.joined(separator: "\n")) ELSE 0 END") }
        let sums = pass.sums.enumerated().map { place, field in
            let name = conditions.bind(field)
            let cases = pass.kinds.compactMap { kind -> String? in
                let gates = Set(pass.parts.filter { $0.kind == kind && $0.field == field }.map(\.said))
                if gates.isEmpty { return nil }
                let found = "(SELECT (v.attributes->>\(name))::numeric \(version()))"
                return "WHEN \(conditions.bind(kind.rawValue)) THEN \(gated(gates, found, otherwise: "NULL"))"
            }
            return ", CASE record.kind \(cases.joined(separator: "\n")) END AS added\(place)"
        }
        return "\(Self.union(all)) AS bits\(sums.joined())"
    }

    /// A value for records that have all bits of one of the gates.
    private func gated(_ gates: Set<Int64>, _ value: String, otherwise other: String) -> String {
        if gates.contains(0) { return value }
        let open = gates.sorted().map { "told.bits & \($0) = \($0)" }.joined(separator: " OR ")
        return "CASE WHEN \(open) THEN \(value) ELSE \(other) END"
    }

    private mutating func field(_ condition: RecordSelection.Condition) -> String {
        switch condition {
        case .field(let code, let values):
            return "v.attributes->>\(conditions.bind(code)) = ANY (\(narrower(values)))"
        case .isTrue(let code):
            return "v.attributes @> \(conditions.bind("{\"\(code)\":true}"))::text::jsonb"
        case .dated(let code):
            let field = "(v.attributes->>\(conditions.bind(code)))::date"
            return "\(field) >= '\(first)' AND \(field) < '\(end)'"
        case .holds, .begins: return "false"
        }
    }

    /// Kinds that a selection takes without any statement.
    private mutating func open() -> String {
        let kinds = Set(pass.parts.filter { $0.said == 0 }.map(\.kind.rawValue)).sorted()
        return kinds.isEmpty ? "" : " OR record.kind = ANY (\(conditions.bind(kinds))::text[])"
    }

    private static func union(_ bits: [String]) -> String { "(\(bits.joined(separator: "\n| ")))" }

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
