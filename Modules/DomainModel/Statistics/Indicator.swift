/// What is measured: the definition that all observations and targets of an indicator share (指标).
public struct Indicator: Sendable, Hashable, Codable {
    /// What kind of quantity.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A quantity over a period: output, income.
        case flow
        /// A quantity at a moment: talents, enterprises.
        case stock
        /// A quotient: shares, rates, per-capita values.
        case ratio
        /// A constructed index number or rank.
        case index
    }

    /// How values of shorter periods make the value of a longer one.
    public enum Aggregation: String, Sendable, Codable, CaseIterable {
        /// They add up (累计).
        case cumulative
        /// The last one counts (期末).
        case latest
        /// They are averaged (平均).
        case average
    }

    /// Which way is better.
    public enum Direction: String, Sendable, Codable, CaseIterable {
        /// More is better (正向).
        case higher
        /// Less is better (逆向).
        case lower
        /// Being at the target is better than being above or below (适度).
        case targetBand = "target_band"
    }

    /// How far the plan binds the government.
    public enum Nature: String, Sendable, Codable, CaseIterable {
        /// 预期性: expected, reached mainly by the market.
        case expected
        /// 约束性: binding, a duty of the government; judged one by one, never averaged away.
        case binding
    }

    /// Code, unique among indicators.
    public let code: String
    /// Name, in both languages.
    public let name: LocalizedText
    /// The area that the definition is made for; part of the code.
    public let scope: String
    /// Domain of the plan: economy, innovation, talent, ….
    public let domain: String
    /// Unit of measure, as printed (`亿元`).
    public let unit: String
    /// Unit of measure in UCUM where it has one, else in English.
    public let unitCode: String
    /// What kind of quantity.
    public let kind: Kind
    /// How shorter periods make longer ones.
    public let aggregation: Aggregation
    /// Which way is better.
    public let direction: Direction
    /// Binding or expected; absent where the plan does not say.
    public let nature: Nature?

    /// Makes an indicator of its parts.
    public init(
        code: String,
        name: LocalizedText,
        scope: String,
        domain: String,
        unit: String,
        unitCode: String,
        kind: Kind,
        aggregation: Aggregation,
        direction: Direction,
        nature: Nature?
    ) {
        self.code = code
        self.name = name
        self.scope = scope
        self.domain = domain
        self.unit = unit
        self.unitCode = unitCode
        self.kind = kind
        self.aggregation = aggregation
        self.direction = direction
        self.nature = nature
    }
}
