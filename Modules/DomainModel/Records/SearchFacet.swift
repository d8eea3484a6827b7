/// How the answers of the search box fall into parts, so that one can be chosen.
public struct SearchFacet: Sendable, Hashable, Codable {
    /// What the parts are.
    public enum Name: String, Sendable, Codable, CaseIterable {
        /// Kinds of records.
        case kind
        /// The regions that they lie in, not those above.
        case region
        /// Tiers that talents have on the day.
        case tier
        /// Titles that enterprises have on the day.
        case title
        /// Early warnings that stand.
        case warning
    }

    /// A part with how many answers are in it.
    public struct Part: Sendable, Hashable, Codable {
        /// The code: `talent`, `330110`, `top`.
        public let code: String
        /// How many.
        public let count: Int64

        /// Makes a part.
        public init(code: String, count: Int64) {
            self.code = code
            self.count = count
        }
    }

    /// What the parts are.
    public let name: Name
    /// The parts, the largest first.
    public let parts: [Part]

    /// Makes a facet of its parts.
    public init(name: Name, parts: [Part]) {
        self.name = name
        self.parts = parts
    }
}

/// Answers of the search box.
public struct FoundRecords: Sendable, Hashable, Codable {
    /// The answers, best first.
    public let items: [FoundRecord]
    /// Where the next page begins; absent on the last one. With filters a page may be short and yet have a next one.
    public let next: String?
    /// How the answers fall into parts, as far as that was asked for.
    public let facets: [SearchFacet]?
    /// Whether there are more answers than the facets have counted: read each number as “more than”.
    public let isMore: Bool?

    /// Makes an answer of its parts.
    public init(items: [FoundRecord], next: String? = nil, facets: [SearchFacet]? = nil, isMore: Bool? = nil) {
        self.items = items
        self.next = next
        self.facets = facets
        self.isMore = isMore
    }
}
