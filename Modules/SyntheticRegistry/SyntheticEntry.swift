public import DomainModel

/// Values by the codes of fields, in a fixed order.
public typealias SyntheticValues = [(code: String, value: AttributeValue)]

/// A made-up record and all that is said of it.
public struct SyntheticEntry: Sendable {
    /// The public key; it begins with `SYN-`.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// The first day on which it holds.
    public let from: CivilDate
    /// The values.
    public internal(set) var values: SyntheticValues
    /// What is said of it, and leads to other records of the same population.
    public internal(set) var statements: [SyntheticStatement] = []

    init(key: String, kind: RegistryKind, from: CivilDate, _ values: SyntheticValues) {
        self.key = key
        self.kind = kind
        self.from = from
        self.values = values
    }

    /// Says something of the record itself, unless another subject is named.
    mutating func say(
        _ type: String,
        of subject: String? = nil,
        to object: String? = nil,
        term: String? = nil,
        share: String? = nil,
        from: CivilDate?,
        until: CivilDate? = nil,
        _ values: SyntheticValues = []
    ) {
        statements.append(
            SyntheticStatement(
                type: type,
                subject: subject ?? key,
                object: object,
                term: term,
                share: share,
                from: from,
                until: until,
                values: values
            )
        )
    }
}

/// A made-up statement.
public struct SyntheticStatement: Sendable {
    /// The kind of statement.
    public let type: String
    /// The key of the record that it is about.
    public let subject: String
    /// The key of the record that it leads to.
    public let object: String?
    /// Its term.
    public let term: String?
    /// Its share of a whole, as a decimal.
    public let share: String?
    /// The first day on which it holds.
    public let from: CivilDate?
    /// The first day on which it holds no longer.
    public let until: CivilDate?
    /// What else it says.
    public let values: SyntheticValues
}

extension CivilDate {
    /// A day that the calendar has; days beyond the month run over.
    init(_ year: Int, _ month: Int, _ day: Int) {
        let first = CivilDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
        self.init(daysSince1970: first + day - 1)
    }

    func later(by days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + days) }

    var year: Int { components.year }

    var value: AttributeValue { .text(isoText) }
}
