import DomainModel
import PostgresClient

/// Writes the SQL of a counting pass: each record once, with the bits of what is true of it.
///
/// Names of fields, statements and terms come from rules, not from callers, and are bound as values all the same.
struct CountingSQL {
    let pass: CountingPass
    let terms: NarrowerTerms
    /// The days that are looked at; the last one is the day before the end.
    let days: DateSpan
    /// As believed when; `nil` for now.
    let asOf: Instant?
    private(set) var conditions = ListConditions()

    init(_ pass: CountingPass, _ terms: NarrowerTerms, days: DateSpan, asOf: Instant?) {
        self.pass = pass
        self.terms = terms
        self.days = days
        self.asOf = asOf
    }

    /// Keeps what is counted, for tallies by the places of their rules.
    mutating func keep(_ tallies: [Int64]) -> String {
        let told = told()
        let members = members(told.one)
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
                FROM (\(members)) AS one GROUP BY one.kind, one.region_id, one.bits
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
    private mutating func members(_ told: String) -> String {
        let open = pass.openKinds
        let gated = pass.kinds.filter { !open.contains($0) }
        // Of what is merged or withdrawn nothing is believed since; until then it counted.
        let dated = """
            SELECT record.id, record.kind, region.id AS region_id, \(columns(pass.kinds))
            FROM registry.record CROSS JOIN LATERAL (
                SELECT v.state, v.attributes->>'region' AS region \(version())
            ) AS holding
            LEFT JOIN registry.region ON region.code = holding.region
            """
        let asked = """
            record.kind = ANY (\(kinds(pass.kinds))) AND (told.bits <> 0 OR record.kind = ANY (\(kinds(open))))
            """
        guard asOf == nil else { return "\(dated) LEFT JOIN told ON told.id = record.id WHERE \(asked)" }
        let later = "later.superseded_by IS NULL AND later.valid_from > \(lastDay)"
        let last = """
            CROSS JOIN LATERAL (SELECT record.state) AS holding
            WHERE record.state IN ('active', 'closed') AND NOT EXISTS (
                SELECT FROM registry.record_version later WHERE later.record_id = record.id AND \(later)
            )
            """
        return """
            -- A record has the region and the state of its last version, so that few versions need be looked at.
            SELECT record.id, record.kind, record.region_id, \(columns(gated))
            FROM told JOIN registry.record ON record.id = told.id \(last)
            AND record.kind = ANY (\(kinds(gated))) AND told.bits <> 0
            UNION ALL
            SELECT record.id, record.kind, record.region_id, \(columns(open))
            FROM registry.record LEFT JOIN LATERAL (\(told)) AS told ON true \(last)
            AND record.kind = ANY (\(kinds(open)))
            UNION ALL
            \(dated) LEFT JOIN LATERAL (\(told)) AS told ON true
            WHERE \(asked) AND record.id IN (
                SELECT later.record_id FROM registry.record_version later WHERE \(later)
                UNION SELECT erased.id FROM registry.record erased WHERE erased.state = 'erased'
            )
            """
    }

    private mutating func kinds(_ kinds: [RegistryKind]) -> String {
        "\(conditions.bind(kinds.map(\.rawValue)))::text[]"
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
        let holds = said(types.map { ($0, $1.filter { !$0.condition.looksAtBegin }) })
        let begins = said(types.map { ($0, $1.filter(\.condition.looksAtBegin)) })
        let bits = """
            CASE WHEN statement.valid @> \(lastDay) THEN \(holds) ELSE 0 END
            | CASE WHEN lower(statement.valid) >= '\(first)' AND lower(statement.valid) < '\(end)' THEN \(begins) ELSE 0 END
            """
        // Written and not bound, so that an index of these kinds is known to have them.
        let names = types.map { "'\($0.key)'" }.joined(separator: ", ")
        let select = """
            SELECT statement.subject_id AS id, bit_or(\(bits)) AS bits
            FROM registry.statement WHERE statement.type IN (\(names)) AND \(believed("statement"))
            """
        let group = "GROUP BY statement.subject_id"
        return ("\(select) \(group)", "\(select) AND statement.subject_id = record.id \(group)")
    }

    /// The bits that a statement gives by its type and its term.
    private mutating func said(_ types: [(type: String, atoms: [CountingPass.Atom])]) -> String {
        let cases = types.compactMap { type, atoms -> String? in
            atoms.isEmpty ? nil : "WHEN '\(type)' THEN \(bits(of: "statement.term", atoms))"
        }
        return cases.isEmpty ? "0::bigint" : "CASE statement.type \(cases.joined(separator: "\n")) ELSE 0 END"
    }

    /// The bits that the term in a column gives: one look at it for all conditions.
    private mutating func bits(of column: String, _ atoms: [CountingPass.Atom]) -> String {
        var always: Int64 = 0
        var byTerm: [String: Int64] = [:]
        for (condition, bit) in atoms {
            let codes = condition.codes
            if codes.isEmpty { always |= bit }
            for term in terms.of(codes) { byTerm[term, default: 0] |= bit }
        }
        if byTerm.isEmpty { return "\(always)::bigint" }
        let cases = byTerm.sorted { $0.key < $1.key }.map { "WHEN \(conditions.bind($0)) THEN \($1 | always)" }
        return "CASE \(column) \(cases.joined(separator: "\n")) ELSE \(always)::bigint END"
    }

    /// All bits of a record, and what it adds to sums. Fields are looked up only of records for which they matter.
    private mutating func columns(_ kinds: [RegistryKind]) -> String {
        let fields = kinds.compactMap { kind -> String? in
            let atoms = pass.fields[kind, default: []]
            if atoms.isEmpty { return nil }
            let gates = Set(atoms.map { pass.gate(of: $0.bit, kind) })
            let found = "coalesce((SELECT \(Self.union(self.fields(atoms))) \(version())), 0)"
            return "WHEN \(conditions.bind(kind.rawValue)) THEN \(gated(gates, found, otherwise: "0"))"
        }
        var all = ["coalesce(told.bits, 0)", "CASE WHEN holding.state = 'active' THEN \(pass.active) ELSE 0 END"]
        if !fields.isEmpty { all.append("CASE record.kind \(fields.joined(separator: "\n")) ELSE 0 END") }
        let sums = pass.sums.enumerated().map { place, field in
            let cases = kinds.compactMap { kind -> String? in
                let gates = Set(pass.parts.filter { $0.kind == kind && $0.field == field }.map(\.said))
                if gates.isEmpty { return nil }
                let found = "(SELECT (v.attributes->>\(conditions.bind(field)))::numeric \(version()))"
                return "WHEN \(conditions.bind(kind.rawValue)) THEN \(gated(gates, found, otherwise: "NULL"))"
            }
            let added = cases.isEmpty ? "NULL::numeric" : "CASE record.kind \(cases.joined(separator: "\n")) END"
            return ", \(added) AS added\(place)"
        }
        return "\(Self.union(all)) AS bits\(sums.joined())"
    }

    /// A value for records that have all bits of one of the gates.
    private func gated(_ gates: Set<Int64>, _ value: String, otherwise other: String) -> String {
        if gates.contains(0) { return value }
        let open = gates.sorted().map { "told.bits & \($0) = \($0)" }.joined(separator: " OR ")
        return "CASE WHEN \(open) THEN \(value) ELSE \(other) END"
    }

    /// The bits that the fields of a version give.
    private mutating func fields(_ atoms: [CountingPass.Atom]) -> [String] {
        let codes = Set(atoms.compactMap(\.condition.codedField)).sorted()
        let coded = codes.map { code in
            bits(of: "v.attributes->>\(conditions.bind(code))", atoms.filter { $0.condition.codedField == code })
        }
        return coded
            + atoms.compactMap { condition, bit in
                field(condition).map { "CASE WHEN \($0) THEN \(bit)::bigint ELSE 0 END" }
            }
    }

    private mutating func field(_ condition: RecordSelection.Condition) -> String? {
        switch condition {
        case .isTrue(let code): return "v.attributes->\(conditions.bind(code)) = 'true'"
        case .dated(let code):
            let field = "(v.attributes->>\(conditions.bind(code)))::date"
            return "\(field) >= '\(first)' AND \(field) < '\(end)'"
        case .field, .holds, .begins: return nil
        }
    }

    private static func union(_ bits: [String]) -> String { "(\(bits.joined(separator: "\n| ")))" }
}
