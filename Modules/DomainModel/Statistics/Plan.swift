/// A plan that sets targets for a region over some years (规划).
public struct Plan: Sendable, Hashable, Codable {
    /// Code, unique among plans.
    public let code: String
    /// Name, in both languages.
    public let name: LocalizedText
    /// The region that the plan is for.
    public let region: String
    /// The scope of the indicators that the plan sets targets for.
    public let scope: String
    /// The year that baselines are of; the plan starts with the year after it.
    public let baselineYear: Int
    /// The first year of the plan.
    public let startYear: Int
    /// The last year of the plan.
    public let endYear: Int

    /// Makes a plan of its parts.
    public init(
        code: String,
        name: LocalizedText,
        region: String,
        scope: String,
        baselineYear: Int,
        startYear: Int,
        endYear: Int
    ) {
        self.code = code
        self.name = name
        self.region = region
        self.scope = scope
        self.baselineYear = baselineYear
        self.startYear = startYear
        self.endYear = endYear
    }
}
