public import Storage

/// Who acts: a person, a service, or nobody that is known.
public struct Principal: Sendable, Hashable {
    /// A stable name: `user:li.wei`, `service:ingest`, `anonymous`. Stands in the audit trail; never a secret.
    public let id: String
    /// Whose records it may see and change now: the regions that its grants give it for the route it called.
    ///
    /// The database enforces it: see ``Platform/read(_:_:)`` and ``Platform/write(_:isolation:_:)``.
    public let regions: RegionScope

    /// Names a principal.
    public init(id: String, regions: RegionScope = .nowhere) {
        self.id = id
        self.regions = regions
    }

    /// A caller who has shown nothing.
    public static let anonymous = Principal(id: "anonymous")

    /// A plugin of the platform that works by itself, such as a handler of jobs.
    public static func service(_ plugin: String) -> Principal {
        Principal(id: "service:\(plugin)", regions: .everywhere)
    }

    /// Whether the records of all regions, and those that lie in none, are its to change.
    public var isEverywhere: Bool { regions == .everywhere }
}
