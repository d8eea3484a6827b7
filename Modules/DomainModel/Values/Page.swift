/// One page of a list.
public struct Page<Item: Codable & Sendable>: Codable, Sendable {
    /// The items, in the list's stated order.
    public let items: [Item]
    /// Where the next page starts: give it back as `after`. Absent on the last page.
    public let next: String?
    /// How many items the whole list has; present only when it was asked for.
    public let total: Int64?

    /// Makes a page.
    public init(items: [Item], next: String? = nil, total: Int64? = nil) {
        self.items = items
        self.next = next
        self.total = total
    }
}
