import DomainModel

/// Many selections as one look at each record: every condition is a bit, a selection is the bits that a record must have.
struct CountingPass {
    /// A selection as a row: what is made of the records that have its bits.
    struct Part {
        /// The place of its rule among those that are counted.
        let rule: Int
        /// Whether it is the whole of which the rule's own selection is a share.
        let isWhole: Bool
        let kind: RegistryKind
        let bits: Int64
        /// The bits that statements give, of those.
        let said: Int64
        /// The decimal field that is summed; records are numbered if absent.
        let field: String?
    }

    /// A condition with its bit.
    typealias Atom = (condition: RecordSelection.Condition, bit: Int64)

    /// Bits of a number with a sign.
    private static let most = 62

    /// The bit of records that have not ended by the last day.
    private(set) var active: Int64 = 0
    /// Conditions on statements by kind of statement, each with its bit.
    private(set) var statements: [String: [Atom]] = [:]
    /// Conditions on fields by kind of record, each with its bit; kinds share bits.
    private(set) var fields: [RegistryKind: [Atom]] = [:]
    private(set) var parts: [Part] = []
    /// The fields that are summed.
    var sums: [String] { Set(parts.compactMap(\.field)).sorted() }
    /// The kinds of record that are counted.
    var kinds: [RegistryKind] { RegistryKind.allCases.filter { kind in parts.contains { $0.kind == kind } } }

    /// The kinds of which a selection takes records without any statement.
    var openKinds: [RegistryKind] { kinds.filter { kind in parts.contains { $0.kind == kind && $0.said == 0 } } }
    /// The codes that conditions name, of fields and of statements.
    var codes: [String] {
        let all = Array(statements.values.joined()) + Array(fields.values.joined())
        return Set(all.flatMap(\.condition.codes)).sorted()
    }

    /// As few passes as bits allow for the rules.
    static func passes(for rules: [CountingRule]) -> [CountingPass] {
        var passes: [CountingPass] = []
        var begun: [(place: Int, rule: CountingRule)] = []
        for (place, rule) in rules.enumerated() {
            if CountingPass(begun + [(place, rule)]) == nil, let full = CountingPass(begun) {
                passes.append(full)
                begun = []
            }
            begun.append((place, rule))
        }
        return passes + (CountingPass(begun).map { [$0] } ?? [])
    }

    /// `nil` when there are no rules, or bits do not suffice.
    private init?(_ rules: [(place: Int, rule: CountingRule)]) {
        if rules.isEmpty { return nil }
        var selections: [(rule: Int, isWhole: Bool, selection: RecordSelection, field: String?)] = []
        for (place, rule) in rules {
            var field: String?
            if case .sum(let name) = rule.result { field = name }
            selections.append((place, false, rule.selection, field))
            if case .share(let whole) = rule.result { selections.append((place, true, whole, nil)) }
        }
        var bits = 1
        active = 1
        for condition in Self.distinct(selections.flatMap(\.selection.conditions).filter { $0.statement != nil }) {
            statements[condition.statement ?? "", default: []].append((condition, 1 << bits))
            bits += 1
        }
        var most = bits
        for kind in Set(selections.map(\.selection.kind)) {
            let own = selections.map(\.selection).filter { $0.kind == kind }.flatMap(\.conditions)
            let conditions = Self.distinct(own.filter { $0.statement == nil })
            fields[kind] = conditions.enumerated().map { ($0.element, 1 << (bits + $0.offset)) }
            most = max(most, bits + conditions.count)
        }
        if most > Self.most { return nil }
        parts = selections.map { rule, isWhole, selection, field in
            let said = selection.conditions.reduce(into: Int64(0)) { mask, condition in
                guard let type = condition.statement else { return }
                mask |= statements[type]?.first { $0.condition == condition }?.bit ?? 0
            }
            let own = fields[selection.kind, default: []].filter { selection.conditions.contains($0.condition) }
            return Part(
                rule: rule,
                isWhole: isWhole,
                kind: selection.kind,
                // What has ended by the last day counts among what happened, not among what there is.
                bits: own.reduce(said | (selection.isFlow ? 0 : active)) { $0 | $1.bit },
                said: said,
                field: field
            )
        }
    }

    /// The bits of statements that all selections have which look at a field: of other records it need not be read.
    func gate(of bit: Int64, _ kind: RegistryKind) -> Int64 {
        parts.filter { $0.kind == kind && $0.bits & bit != 0 }.reduce(~0) { $0 & $1.said }
    }

    private static func distinct(_ conditions: [RecordSelection.Condition]) -> [RecordSelection.Condition] {
        var known: Set<RecordSelection.Condition> = []
        return conditions.filter { known.insert($0).inserted }
    }
}

extension RecordSelection.Condition {
    /// The kind of statement that it looks at; `nil` when it looks at a field.
    var statement: String? {
        switch self {
        case .holds(let type, _), .begins(let type, _): type
        case .field, .isTrue, .dated: nil
        }
    }

    /// The codes that it names; none where any will do.
    var codes: [String] {
        switch self {
        case .field(_, let codes), .holds(_, let codes), .begins(_, let codes): codes
        case .isTrue, .dated: []
        }
    }

    /// The field whose code it looks at.
    var codedField: String? { if case .field(let field, _) = self { field } else { nil } }

    /// Whether it looks at what begins within the period.
    var looksAtBegin: Bool { if case .begins = self { true } else { false } }
}
