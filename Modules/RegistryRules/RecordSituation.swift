public import DomainModel

/// What rules look at: one record with everything that is said about it, and the day that is asked for.
public struct RecordSituation: Sendable {
    /// A statement about the record.
    public struct Fact: Sendable {
        /// The statement's number.
        public let number: Int64
        /// The kind of statement.
        public let type: String
        /// Its term.
        public let term: String?
        /// The key of the other record, to which it leads or from which it comes.
        public let object: String?
        /// The fields of that record.
        public let objectAttributes: Attributes
        /// Whether another record says it, and it leads here.
        public let isIncoming: Bool
        /// The days for which it holds.
        public let validity: DateSpan
        /// What else it says.
        public let attributes: Attributes

        /// Makes a fact of its parts.
        public init(
            _ number: Int64,
            _ type: String,
            term: String? = nil,
            object: String? = nil,
            objectAttributes: Attributes = [:],
            isIncoming: Bool = false,
            validity: DateSpan = DateSpan(),
            attributes: Attributes = [:]
        ) {
            self.number = number
            self.type = type
            self.term = term
            self.object = object
            self.objectAttributes = objectAttributes
            self.isIncoming = isIncoming
            self.validity = validity
            self.attributes = attributes
        }
    }

    /// The record's key.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// The day for which facts are derived.
    public let day: CivilDate
    /// The values of its fields on that day.
    public let attributes: Attributes
    /// All that is said about it, of any day.
    public let facts: [Fact]

    /// Makes a situation of its parts.
    public init(key: String, kind: RegistryKind, day: CivilDate, attributes: Attributes, facts: [Fact]) {
        self.key = key
        self.kind = kind
        self.day = day
        self.attributes = attributes
        self.facts = facts
    }

    /// The facts of a kind about the record itself that hold on the day.
    func holding(_ type: String) -> [Fact] { own(type).filter { $0.validity.contains(day) } }

    /// The facts of a kind about the record itself, of any day.
    func own(_ type: String) -> [Fact] { facts.filter { $0.type == type && !$0.isIncoming } }

    /// The yearly figures by year, of years that have ended before the day.
    var figures: [Int: Fact] {
        var byYear: [Int: Fact] = [:]
        for fact in own("figures") {
            guard let year = fact.validity.from?.components.year, year < day.components.year else { continue }
            byYear[year] = fact
        }
        return byYear
    }
}

extension RecordSituation.Fact {
    /// A number among the attributes.
    func number(_ field: String) -> ExactDecimal? {
        switch attributes[field] {
        case .text(let text): ExactDecimal(text)
        case .integer(let value): ExactDecimal(Int(value))
        default: nil
        }
    }
}
