/// A route's path, taken apart for matching.
///
/// Hummingbird's own router does not come back from a wrong turn: beside
/// `/v1/lineage/F{rest}` it never finds `/v1/lineage/{code}/editions` for a
/// code that begins with F.
struct RoutePattern: Sendable {
    /// One segment of a path.
    enum Segment: Sendable, Hashable {
        /// This text.
        case text(Substring)
        /// A parameter after a fixed beginning, which is empty for a whole segment.
        case parameter(prefix: Substring)
    }

    let route: Route
    let segments: [Segment]

    init(_ route: Route) {
        self.route = route
        segments = Self.segments(of: route.path).map { segment in
            segment.firstIndex(of: "{").map { .parameter(prefix: segment[..<$0]) } ?? .text(segment)
        }
    }

    /// A path, taken apart at its slashes. By bytes: a slash is never part of another character's UTF-8.
    static func segments(of path: String) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    }

    /// The values of the path's parameters, still percent-encoded, or `nil` when the path is of another template.
    func match(_ path: [Substring]) -> [Substring]? {
        var values: [Substring] = []
        for (segment, given) in zip(segments, path) {
            switch segment {
            case .text(let text):
                guard text.utf8.count == given.utf8.count, text == given else { return nil }
            case .parameter(let prefix):
                guard given.utf8.count > prefix.utf8.count, given.utf8.starts(with: prefix.utf8) else { return nil }
                values.append(Substring(given.utf8.dropFirst(prefix.utf8.count)))
            }
        }
        return values
    }

    /// The template without the names of its parameters: two routes of one shape cannot be told apart.
    var shape: String {
        segments
            .map { segment in
                switch segment {
                case .text(let text): String(text)
                case .parameter(let prefix): "\(prefix){}"
                }
            }
            .joined(separator: "/")
    }

    /// Whether this pattern is tried first: from the left, text goes before parameters, longer beginnings before
    /// shorter ones.
    func isMoreSpecific(than other: RoutePattern) -> Bool {
        for (mine, its) in zip(segments, other.segments) where mine != its {
            let (left, right) = (mine.rank, its.rank)
            return left == right ? shape < other.shape : left > right
        }
        return false
    }
}

extension RoutePattern.Segment {
    fileprivate var rank: Int {
        switch self {
        case .text: .max
        case .parameter(let prefix): prefix.count
        }
    }
}
