import Storage

/// What somebody is doing, as far as writes need to know: in whose name, and on what occasion.
///
/// Source of the terms: W3C PROV-DM §2.1, where an *activity* is associated with an *agent*.
public struct Activity: Sendable, Hashable {
    /// In whose name.
    public let principal: Principal
    /// The request's id, or `job:N`: what stands in the log beside the same work.
    public let id: String
    /// The idempotency key of the request, for the write that answers it.
    let keyed: KeyedRequest?
    /// Where it is said how far the work has come; `nil` where somebody waits for it.
    let meter: ProgressMeter?
    /// The trace that jobs and events of the work go on with.
    let trace: TraceContext

    /// Names an activity.
    public init(principal: Principal, id: String) {
        self.init(principal: principal, id: id, trace: .none)
    }

    init(
        principal: Principal,
        id: String,
        keyed: KeyedRequest? = nil,
        meter: ProgressMeter? = nil,
        trace: TraceContext
    ) {
        self.principal = principal
        self.id = id
        self.keyed = keyed
        self.meter = meter
        self.trace = trace
    }

    /// Whether both name the same work.
    public static func == (left: Activity, right: Activity) -> Bool {
        left.principal == right.principal && left.id == right.id
    }

    /// Hashes the name of the work.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(principal)
        hasher.combine(id)
    }
}

extension APIRequest {
    /// The request as an activity of its principal.
    public var activity: Activity {
        Activity(principal: principal, id: id, keyed: keyed, meter: meter, trace: trace)
    }
}

extension JobContext {
    /// The job as an activity of the service that its kind names: `ingest.load` is done by `service:ingest`.
    public var activity: Activity {
        let plugin = String(lease.kind.prefix { $0 != "." })
        return Activity(principal: .service(plugin), id: "job:\(lease.id)", trace: trace)
    }
}
