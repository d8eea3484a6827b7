/// One run of a method over the targets of a plan (评估).
public struct Assessment: Sendable, Hashable, Codable {
    /// Number of the run.
    public let id: Int64
    /// The plan assessed.
    public let plan: Plan
    /// The period that the plan is assessed at; later values are not looked at.
    public let period: Period
    /// The instant whose knowledge was used: values recorded later are not looked at.
    public let asOf: Instant
    /// The method's name and version: `time-elapsed/1`.
    public let method: String
    /// The method's parameters, by name.
    public let parameters: [String: String]
    /// When the run was made.
    public let createdAt: Instant
    /// A finding for each target of the plan, in the plan's order. Empty in lists.
    public let findings: [Finding]

    /// Makes an assessment of its parts.
    public init(
        id: Int64,
        plan: Plan,
        period: Period,
        asOf: Instant,
        method: String,
        parameters: [String: String],
        createdAt: Instant,
        findings: [Finding]
    ) {
        self.id = id
        self.plan = plan
        self.period = period
        self.asOf = asOf
        self.method = method
        self.parameters = parameters
        self.createdAt = createdAt
        self.findings = findings
    }
}

/// What is asked for to make an assessment.
public struct AssessmentRequest: Sendable, Hashable, Codable {
    /// Code of the plan.
    public let plan: String
    /// The period to assess the plan at; the plan's last year when absent.
    public let period: Period?
    /// The instant whose knowledge is used; now when absent.
    public let asOf: Instant?

    /// Makes a request of its parts.
    public init(plan: String, period: Period?, asOf: Instant?) {
        self.plan = plan
        self.period = period
        self.asOf = asOf
    }
}
