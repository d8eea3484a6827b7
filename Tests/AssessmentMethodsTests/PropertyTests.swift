import AssessmentMethods
import DomainModel
import TestSeeds
import Testing

@Suite("properties of the method")
struct PropertyTests {
    private static func seed() -> UInt64 {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("AssessmentMethods property seed: \(seed)")
        return seed
    }

    /// Good to bad; no judgement lies between, as it says neither.
    private static func rank(_ status: AssessmentStatus) -> Int {
        switch status {
        case .achieved, .ahead: 3
        case .onSchedule: 2
        case .cannotBeJudged: 1
        case .notAchieved, .behind: 0
        }
    }

    private static func decimal(_ generator: inout SeededGenerator) -> ExactDecimal {
        ExactDecimal(
            mantissa: Int128(Int.random(in: -100_000...100_000, using: &generator)),
            scale: Int.random(in: 0...3, using: &generator)
        )
    }

    @Test("a better value never gives a worse status")
    func monotonic() {
        let seed = Self.seed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let direction = Bool.random(using: &generator) ? Indicator.Direction.higher : .lower
            // A printed ceiling for more-is-better contradicts itself: left out.
            let comparators: [Comparator] = [.equal, .atLeast, .moreThan, .about]
            let comparator = comparators.randomElement(using: &generator) ?? .equal
            let target = Samples.target(
                baseline: Self.decimal(&generator).description,
                value: Self.decimal(&generator).description,
                comparator: comparator
            )
            let pair = [Self.decimal(&generator), Self.decimal(&generator)].sorted()
            let year = Int.random(in: 2016...2020, using: &generator)
            let ranks = pair.map { value in
                Self.rank(
                    Samples.judge(
                        target,
                        [Samples.value(value.description, "\(year)")],
                        indicator: Samples.indicator(direction: direction),
                        at: year
                    ).status
                )
            }
            let inOrder = direction == .higher ? ranks[0] <= ranks[1] : ranks[1] <= ranks[0]
            #expect(inOrder, "seed \(seed): \(target) \(pair)")
        }
    }

    @Test("the unit of measure does not matter")
    func scaleInvariance() throws {
        let seed = Self.seed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let numbers = [Self.decimal(&generator), Self.decimal(&generator), Self.decimal(&generator)]
            let year = Int.random(in: 2016...2020, using: &generator)
            let direction = Indicator.Direction.allCases.randomElement(using: &generator) ?? .higher
            let findings = try [ExactDecimal(1), ExactDecimal(10_000)].map { factor in
                let scaled = try numbers.map { try $0.multiplied(by: factor).description }
                return Samples.judge(
                    Samples.target(baseline: scaled[0], value: scaled[1]),
                    [Samples.value(scaled[2], "\(year)")],
                    indicator: Samples.indicator(direction: direction),
                    at: year
                )
            }
            #expect(findings[0].verdict == findings[1].verdict, "seed \(seed): \(numbers)")
            #expect(findings[0].progress == findings[1].progress, "seed \(seed): \(numbers)")
        }
    }

    @Test("the order of the observations does not matter")
    func orderInvariance() {
        let seed = Self.seed()
        var generator = SeededGenerator(seed: seed)
        let values = (2014...2020).map { Samples.value("\($0 - 2000)", "\($0)") }
        let target = Samples.target(baseline: "15", value: "19")
        let expected = Samples.judge(target, values)
        for _ in 0..<20 {
            #expect(Samples.judge(target, values.shuffled(using: &generator)) == expected, "seed \(seed)")
        }
    }
}
