/// The patterns that may match a path: by the number of segments and the second one, which tells most routes apart.
struct RouteShelves: Sendable {
    private struct Shelf: Sendable {
        /// Those whose second segment is this text, together with ``open``.
        var named: [Substring: [RoutePattern]] = [:]
        /// Those whose second segment is a parameter, or that have none.
        var open: [RoutePattern] = []
    }

    /// By number of segments; among those the more specific first.
    private let shelves: [Int: Shelf]

    init(_ patterns: [RoutePattern]) {
        shelves = Dictionary(grouping: patterns, by: \.segments.count).mapValues { patterns in
            let sorted = patterns.sorted { $0.isMoreSpecific(than: $1) }
            var shelf = Shelf(open: sorted.filter { $0.name == nil })
            for name in Set(sorted.compactMap(\.name)) {
                shelf.named[name] = sorted.filter { $0.name == nil || $0.name == name }
            }
            return shelf
        }
    }

    /// All that may match the segments, the more specific first.
    func patterns(for segments: [Substring]) -> [RoutePattern] {
        guard let shelf = shelves[segments.count] else { return [] }
        guard segments.count > 1 else { return shelf.open }
        return shelf.named[segments[1]] ?? shelf.open
    }
}

extension RoutePattern {
    /// The text of the second segment.
    fileprivate var name: Substring? {
        guard segments.count > 1, case .text(let text) = segments[1] else { return nil }
        return text
    }
}
