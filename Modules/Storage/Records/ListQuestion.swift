public import DomainModel

/// What is asked of a list beside its filters.
public struct ListQuestion: Sendable {
    /// Only what comes after the record with this key; `nil` begins at the start.
    public var after: String?
    /// At most so many.
    public var limit: Int
    /// The order; the list's own if absent.
    public var sorting: Sorting?
    /// Whether all records that pass the filters are counted.
    public var counts: Bool

    /// Makes a question of its parts.
    public init(after: String? = nil, limit: Int, sorting: Sorting? = nil, counts: Bool = false) {
        self.after = after
        self.limit = limit
        self.sorting = sorting
        self.counts = counts
    }
}
