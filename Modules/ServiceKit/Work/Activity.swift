import Storage

/// What somebody is doing, as far as writes need to know: in whose name, and on what occasion.
///
/// Source of the terms: W3C PROV-DM §2.1, where an *activity* is associated with an *agent*.
public struct Activity: Sendable, Hashable {
    /// In whose name.
    public let principal: Principal
    /// The request's id, or `job:N`: what stands in the log beside the same work.
    public let id: String

    /// Names an activity.
    public init(principal: Principal, id: String) {
        self.principal = principal
        self.id = id
    }
}

extension APIRequest {
    /// The request as an activity of its principal.
    public var activity: Activity { Activity(principal: principal, id: id) }
}

extension JobContext {
    /// The job as an activity of the service that its kind names: `ingest.load` is done by `service:ingest`.
    public var activity: Activity {
        let plugin = String(lease.kind.prefix { $0 != "." })
        return Activity(principal: .service(plugin), id: "job:\(lease.id)")
    }
}
