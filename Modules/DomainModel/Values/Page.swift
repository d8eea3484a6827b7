/// One page of a list.
public struct Page<Item: Codable & Sendable>: Codable, Sendable {
    /// The items, in the list's stated order.
    public let items: [Item]
    /// Where the next page starts: give it back as `after`. Absent on the last page.
    public let next: String?

    /// Makes a page.
    public init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}
