/// The regions whose records somebody may see or change.
public enum RegionScope: Sendable, Hashable {
    /// All of them, and what lies in no region.
    case everywhere
    /// Those with these row numbers; subtrees are resolved.
    case regions(Set<Int32>)

    /// None.
    public static let nowhere = RegionScope.regions([])

    /// What either of two allows.
    public func union(_ other: RegionScope) -> RegionScope {
        guard case .regions(let these) = self, case .regions(let those) = other else { return .everywhere }
        return .regions(these.union(those))
    }

    /// Whether records of a region are within.
    public func contains(_ region: Int32) -> Bool {
        switch self {
        case .everywhere: true
        case .regions(let these): these.contains(region)
        }
    }

    /// Whether another scope is wholly within.
    public func includes(_ other: RegionScope) -> Bool {
        switch (self, other) {
        case (.everywhere, _): true
        case (.regions, .everywhere): false
        case (.regions(let these), .regions(let those)): those.isSubset(of: these)
        }
    }

    /// The value of the setting `ceyuan.regions`, which the policies of row-level security read: `*`, or an array.
    public var setting: String {
        switch self {
        case .everywhere: "*"
        case .regions(let these): "{" + these.sorted().map(String.init).joined(separator: ",") + "}"
        }
    }
}
