/// What one run says otherwise than another of a record, sort and term.
public struct RuleChange: Sendable, Hashable, Codable {
    /// In which way.
    public enum Change: String, Sendable, Codable, CaseIterable {
        /// It is concluded only by the later run.
        case gained
        /// It is concluded only by the earlier run.
        case lost
        /// Both conclude it, on other grounds or by another version of the rule.
        case regrounded
    }

    /// In which way they differ.
    public let change: Change
    /// What the earlier run says.
    public let before: DerivedFact?
    /// What the later run says.
    public let after: DerivedFact?

    /// Makes a difference of its parts.
    public init(change: Change, before: DerivedFact?, after: DerivedFact?) {
        self.change = change
        self.before = before
        self.after = after
    }

    /// What it is about: the later fact, or the one that is lost.
    public var fact: DerivedFact? { after ?? before }
}

/// How two runs differ, in numbers.
public struct RuleDifference: Sendable, Hashable, Codable {
    /// The numbers of one sort and term.
    public struct Part: Sendable, Hashable, Codable {
        /// What sort of conclusion it is.
        public let sort: DerivedFact.Sort
        /// What it says.
        public let term: String
        /// Records of which only the later run says it.
        public let gained: Int64
        /// Records of which only the earlier run says it.
        public let lost: Int64
        /// Records of which both say it, on other grounds.
        public let regrounded: Int64
        /// Records of which both say the same.
        public let unchanged: Int64

        /// Makes the numbers of a sort and term.
        public init(
            sort: DerivedFact.Sort,
            term: String,
            gained: Int64,
            lost: Int64,
            regrounded: Int64,
            unchanged: Int64
        ) {
            self.sort = sort
            self.term = term
            self.gained = gained
            self.lost = lost
            self.regrounded = regrounded
            self.unchanged = unchanged
        }
    }

    /// The earlier run.
    public let before: RuleRun
    /// The later run.
    public let after: RuleRun
    /// By sort and term, in their order; those that the caller may see.
    public let parts: [Part]

    /// Makes a difference of its parts.
    public init(before: RuleRun, after: RuleRun, parts: [Part]) {
        self.before = before
        self.after = after
        self.parts = parts
    }
}
