import RecordLinkage
import TestSeeds
import Testing

@Suite("Comparing records that may be one")
struct LinkageModelTests {
    private let model = LinkageModel(.persons, population: 700_000)

    private func person(
        _ id: Int64,
        _ values: [LinkageFeature: [String]],
        _ reading: String,
        namesakes: Int = 5
    )
        -> LinkageProfile
    {
        LinkageProfile(id: id, values: values, readings: [reading], namesakes: namesakes)
    }

    @Test("the weight is log₂ of m by u, and the score the sum with the prior")
    func arithmetic() {
        let one = person(1, [.gender: ["f"], .birth: ["1990-03-07"]], "a")
        let score = model.compare(one, person(2, [.gender: ["f"], .birth: ["1990-03-07"]], "b"))
        // log2(0.96 · 21900) = 14.3597…, log2(0.995 / 0.5) = 0.99277…, log2(699999) = 19.41699…
        #expect(score.evidence.map(\.feature) == [.birth, .gender])
        #expect(abs(score.evidence[0].weight - 14.359_7) < 0.001)
        #expect(abs(score.evidence[1].weight - 0.992_8) < 0.001)
        #expect(abs(score.prior + 19.417_0) < 0.001)
        #expect(abs(score.bits - (14.359_7 + 0.992_8 - 19.417_0)) < 0.001)
        #expect(abs(score.probability - 0.056_4) < 0.001)
    }

    @Test("name and birth agree: nearly certain for a rare name, not for the commonest")
    func frequency() {
        let values: [LinkageFeature: [String]] = [.name: ["张伟"], .birth: ["1990-03-07"]]
        let rare = model.compare(
            person(1, values, "zhangwei", namesakes: 2),
            person(2, values, "zhangwei", namesakes: 2)
        )
        let common = model.compare(
            person(1, values, "zhangwei", namesakes: 3_000),
            person(2, values, "zhangwei", namesakes: 3_000)
        )
        #expect(rare.probability > 0.999)
        #expect(common.probability < 0.9)
        // log2 of 1,500: the ratio of their numbers of bearers.
        #expect(abs((rare.bits - common.bits) - 10.550_7) < 0.001)
    }

    @Test("the same resident number outweighs another name; another number outweighs name and birth")
    func identifiers() {
        let married = model.compare(
            person(1, [.name: ["李芳"], .residentNumber: ["h1"], .birth: ["1990-03-07"]], "lifang"),
            person(2, [.name: ["王芳"], .residentNumber: ["h1"], .birth: ["1990-03-07"]], "wangfang")
        )
        #expect(married.probability > 0.999)
        let twins = model.compare(
            person(1, [.name: ["张伟"], .residentNumber: ["h1"], .birth: ["1990-03-07"]], "zhangwei", namesakes: 400),
            person(2, [.name: ["张伟"], .residentNumber: ["h2"], .birth: ["1990-03-07"]], "zhangwei", namesakes: 400)
        )
        #expect(twins.probability < 0.5)
        #expect(twins.evidence.contains { $0.feature == .residentNumber && $0.level == .different && $0.weight < 0 })
    }

    @Test(
        "levels",
        arguments: [
            (.name, "张三", "张三", .same), (.name, "張三", "章三", .readsAlike), (.name, "张三", "李四", .different),
            (.name, "maria gonzalez", "maria gonzales", .near), (.name, "maria", "maria gonzalez", .near),
            (.birth, "1990-03-07", "1990-07-03", .near), (.birth, "1990-03-07", "1990-03-17", .near),
            (.birth, "1990-03-07", "1990", .near), (.birth, "1990-03-07", "1990-01-01", .near),
            (.birth, "1990-03-07", "1991-07-03", .different), (.birth, "1990-03-07", "1991", .different),
            (.telephone, "h1", "h2", .different), (.region, "330110", "330110", .same),
        ] as [(LinkageFeature, String, String, LinkageLevel)]
    )
    func levels(_ feature: LinkageFeature, _ one: String, _ other: String, _ expected: LinkageLevel) {
        let reads = expected == .readsAlike
        let a = person(1, [feature: [one]], reads ? "zhangsan" : "a")
        let b = person(2, [feature: [other]], reads ? "zhangsan" : "b")
        #expect(model.compare(a, b).evidence.map(\.level) == [expected])
    }

    @Test("what one of them lacks says nothing, and the order of the two does not matter")
    func symmetry() {
        let seed = UInt64.random(in: 0...(.max))
        print("linkage symmetry: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        func next(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
        func profile(_ id: Int64) -> LinkageProfile {
            var values: [LinkageFeature: [String]] = [:]
            for feature in LinkageFeature.allCases where next(3) > 0 {
                values[feature] = (0..<(1 + next(2))).map { _ in "v\(next(3))" }
            }
            return LinkageProfile(id: id, values: values, readings: ["r\(next(3))"], namesakes: next(50))
        }
        for _ in 0..<500 {
            let (a, b) = (profile(1), profile(2))
            let score = model.compare(a, b)
            #expect(score == model.compare(b, a), "seed \(seed)")
            let known = Set(a.values.keys).intersection(b.values.keys)
            #expect(score.evidence.allSatisfy { known.contains($0.feature) }, "seed \(seed)")
            #expect((0...1).contains(score.probability), "seed \(seed)")
        }
    }
}
