public import DomainModel

extension Page {
    /// Makes a page of one item more than it may hold, if the list goes on so far.
    ///
    /// - Parameters:
    ///   - items: At most `limit + 1` items.
    ///   - limit: At most so many items on the page.
    ///   - cursor: What an item is called when the next page is asked for.
    public init(_ items: [Item], limit: Int, cursor: (Item) -> String) {
        let kept = Array(items.prefix(limit))
        self.init(items: kept, next: items.count > limit ? kept.last.map(cursor) : nil)
    }
}
