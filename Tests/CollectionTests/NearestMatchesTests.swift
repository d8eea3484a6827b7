import Collection
import Testing

@Suite("nearest matches")
struct NearestMatchesTests {
    @Test(
        "misspelt codes and Chinese names",
        arguments: [
            ("yuhang.economy.gpd", "yuhang.economy.gdp"), ("yuhang.economy.GDP", "yuhang.economy.gdp"),
            ("杭州城西科创走廊", "杭州城西科创大走廊"), ("余杭去", "余杭区"),
        ]
    )
    func misspelt(_ given: String, _ meant: String) {
        let allowed = ["yuhang.economy.gdp", "yuhang.talent.total", "杭州城西科创大走廊", "余杭区", "临平区"]
        var matches = NearestMatches(allowed)
        #expect(matches.find(given).first == meant)
        #expect(matches.find(given) == NearestMatches.find(given, in: allowed))
    }

    @Test("what is like nothing has no nearest")
    func unlike() {
        #expect(NearestMatches.find("population", in: ["yuhang.economy.gdp", "余杭区"]) == [])
    }

    @Test("after many different unknown values there are no more answers")
    func bounded() {
        var matches = NearestMatches((0..<1_000).map { "code\($0)" })
        for index in 0..<NearestMatches.lookupLimit { _ = matches.find("kode\(index)") }
        #expect(matches.find("kode0") == ["code0"] + Array(matches.find("kode0").dropFirst()))
        #expect(matches.find("kode999") == [])
    }
}
