/// Who acts: a person, a service, or nobody that is known.
public struct Principal: Sendable, Hashable {
    /// A stable name: `user:li.wei`, `service:ingest`, `anonymous`. Stands in the audit trail; never a secret.
    public let id: String

    /// Names a principal.
    public init(id: String) { self.id = id }

    /// A caller who has shown nothing.
    public static let anonymous = Principal(id: "anonymous")

    /// A plugin of the platform that works by itself, such as a handler of jobs.
    public static func service(_ plugin: String) -> Principal { Principal(id: "service:\(plugin)") }
}
