public import DomainModel
public import Storage

extension APIRequest {
    /// How many items the page has; the route declares ``Parameter/limit``.
    public var limit: Int {
        get throws { try query("limit", as: Int.self) ?? 100 }
    }

    /// Where the page starts, as ``cursor(_:)`` was told; the route declares ``Parameter/after``.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` for a cursor of another list, of other filters, or none at all.
    public var after: String? {
        get throws {
            guard let cursor = try query("after") else { return nil }
            guard let place = PageCursor.open(cursor, question: listed) else {
                let expected = LocalizedText(
                    zh: "同一列表、同样筛选与排序的上一页的 next",
                    en: "“next” of a page of this list with the same filters and order"
                )
                throw Problem.parameters([
                    ParameterFault(name: "after", given: cursor, what: .invalid, expected: expected)
                ])
            }
            return place
        }
    }

    /// The cursor for a place in the list; it comes back in ``after`` of the same question alone.
    public func cursor(_ place: String) -> String { PageCursor.seal(place, question: listed) }

    /// The order that is asked for; the route declares ``Parameter/sort(_:)``.
    public var sorting: Sorting? {
        get throws { try query("sort", as: Sorting.self) }
    }

    /// Whether the items of the whole list are counted; the route declares ``Parameter/total``.
    public var wantsTotal: Bool {
        get throws { try query("total", as: Bool.self) ?? false }
    }

    /// What is asked of a list that declares ``Parameter/paging(sort:)``.
    public var listQuestion: ListQuestion {
        get throws {
            let sorting = route.query.contains { $0.name == "sort" } ? try sorting : nil
            return ListQuestion(after: try after, limit: try limit, sorting: sorting, counts: try wantsTotal)
        }
    }

    /// The members that the answer is to have, if the route answers JSON and the caller chooses.
    var fields: String? { route.takesFields ? queryValues["fields"]?.first : nil }

    /// The path, the filters and the order, in one spelling: what a cursor is good for.
    private var listed: String {
        let filters = queryValues.filter { !["after", "limit", "total", "fields"].contains($0.key) }
        return filters.sorted { $0.key < $1.key }.reduce(into: path) { text, filter in
            for value in filter.value { text += "\n\(filter.key)=\(value)" }
        }
    }
}
