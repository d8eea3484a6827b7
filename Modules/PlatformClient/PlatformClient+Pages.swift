public import DomainModel

extension PlatformClient {
    /// The pages of a list, fetched one after the other as they are asked for.
    ///
    /// - Parameters:
    ///   - path: The path of the list, such as `/v1/observations`.
    ///   - query: Filters; `after` is set here.
    ///   - type: What the list holds.
    /// - Returns: A sequence that fetches a page when it is asked for the next.
    public func pages<Item: Codable & Sendable>(
        _ path: String,
        query: Query = [:],
        of type: Item.Type
    ) -> PageSequence<Item> {
        PageSequence(client: self, path: path, query: query)
    }
}

/// The pages of a list as an asynchronous sequence.
public struct PageSequence<Item: Codable & Sendable>: AsyncSequence, Sendable {
    let client: PlatformClient
    let path: String
    let query: Query

    /// Starts at the first page.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(sequence: self, query: query) }

    /// Every item of every page, in the order of the list.
    ///
    /// Holds all of them in memory: for lists that are known to be short.
    public func items() async throws -> [Item] {
        var items: [Item] = []
        for try await page in self { items += page.items }
        return items
    }

    /// Fetches one page at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let sequence: PageSequence
        var query: Query
        var isFinished = false

        /// The next page, or `nil` after the last.
        public mutating func next() async throws -> Page<Item>? {
            if isFinished { return nil }
            let page: Page<Item> = try await sequence.client.get(sequence.path, query: query)
            query.set("after", page.next)
            isFinished = page.next == nil
            return page
        }
    }
}
