import DomainModel
import TestSeeds
import Testing

@Suite("lineage codes")
struct LineageCodeTests {
    private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    @Test("every code leads back to what it was made of")
    func roundTrip() {
        var random = SeededGenerator.announced("lineage round trip")
        for _ in 0..<20_000 {
            let code = Self.code(&random)
            #expect(LineageCode(code.description) == code)
            #expect(LineageCode(code.description.lowercased()) == code)
        }
    }

    @Test("the largest numbers fit")
    func extremes() throws {
        let last = try #require(CivilDate(year: 9999, month: 12, day: 31))
        let first = try #require(CivilDate(year: 1, month: 1, day: 1))
        for code in [
            LineageCode.observation(series: LineageCode.maximumSeries - 1, start: last, revision: 99),
            .observation(series: 1, start: first, revision: 1), .target(id: 1), .finding(id: 1 << 40),
        ] {
            #expect(LineageCode(code.description) == code)
        }
    }

    @Test("any single wrong character is found")
    func singleError() {
        var random = SeededGenerator.announced("lineage single error")
        for _ in 0..<300 {
            let code = Array(Self.code(&random).description.prefix { $0 != "." })
            for place in code.indices where place != 1 {
                for symbol in place == 0 ? Array("OTF") : Self.symbols where symbol != code[place] {
                    var wrong = code
                    wrong[place] = symbol
                    #expect(LineageCode(String(wrong)) == nil, "\(String(code)) → \(String(wrong))")
                }
            }
        }
    }

    @Test("any swap of two symbols is found")
    func swap() {
        var random = SeededGenerator.announced("lineage swap")
        for _ in 0..<2_000 {
            let code = Array(Self.code(&random).description.prefix { $0 != "." })
            for a in 2..<code.count {
                for b in a + 1..<code.count where code[a] != code[b] {
                    var wrong = code
                    wrong.swapAt(a, b)
                    #expect(LineageCode(String(wrong)) == nil, "\(String(code)) → \(String(wrong))")
                }
            }
        }
    }

    @Test("I, L and O are read as the digits they look like")
    func lookalikes() throws {
        var random = SeededGenerator.announced("lineage lookalikes")
        for _ in 0..<1_000 {
            let code = Self.code(&random)
            let text = code.description
            let typed =
                text.prefix(2) + text.dropFirst(2).map { $0 == "0" ? "O" : $0 == "1" ? "l" : String($0) }.joined()
            if !text.contains(".") { #expect(LineageCode(String(typed)) == code, "\(typed)") }
        }
    }

    @Test(
        "what is no code is refused",
        arguments: [
            "", "O", "O-", "O-1", "X-11", "O1G4Z7K", "T-U2", "T-", "T--1", "O-1.2.3", "余-12", "O-ZZZZZZZZZZZZZZZ",
        ]
    )
    func refuses(_ text: String) {
        #expect(LineageCode(text) == nil)
    }

    @Test("a revision is written from the second on, and only for observations")
    func revision() throws {
        let start = try #require(CivilDate(year: 2020, month: 1, day: 1))
        let first = LineageCode.observation(series: 7, start: start, revision: 1).description
        #expect(LineageCode.observation(series: 7, start: start, revision: 2).description == first + ".2")
        for wrong in [".1", ".0", ".02", ".+2", ".-2", ".", ".x"] { #expect(LineageCode(first + wrong) == nil) }
        #expect(LineageCode(LineageCode.target(id: 9).description + ".2") == nil)
    }

    private static func code(_ random: inout SeededGenerator) -> LineageCode {
        switch Int.random(in: 0...3, using: &random) {
        case 0: return .target(id: .random(in: 1...1 << 40, using: &random))
        case 1: return .finding(id: .random(in: 1...100_000, using: &random))
        default:
            let day = Int.random(in: -25_567...84_369, using: &random)
            let bits = Int64.random(in: 1...40, using: &random)
            let series = Int64.random(in: 1..<(1 << bits), using: &random)
            let revision = Bool.random(using: &random) ? 1 : Int.random(in: 2...30, using: &random)
            return .observation(series: series, start: CivilDate(daysSince1970: day), revision: revision)
        }
    }
}
