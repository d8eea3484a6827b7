import DomainModel
import TestSeeds
import Testing

@Suite("two timelines of one thing")
struct RecordMergingTests {
    private typealias Version = RecordTimeline.Version

    private static func day(_ year: Int) -> CivilDate { CivilDate(year: year, month: 1, day: 1)! }

    private static func version(_ year: Int?, _ attributes: [String: String], _ state: RecordState = .active) -> Version
    {
        Version(from: year.map(day), state: state, attributes: attributes.mapValues { .text($0) })
    }

    @Test("the survivor's values stand, what it lacks comes from the other, and before it began the other holds")
    func merge() {
        let mine = RecordTimeline([Self.version(2_020, ["name": "A", "major": "x"])])
        let theirs = RecordTimeline([
            Self.version(2_018, ["name": "B", "tier": "1"]), Self.version(2_022, ["name": "B", "tier": "2"]),
        ])
        #expect(
            mine.merging(theirs).versions == [
                Self.version(2_018, ["name": "B", "tier": "1"]),
                Self.version(2_020, ["name": "A", "major": "x", "tier": "1"]),
                Self.version(2_022, ["name": "A", "major": "x", "tier": "2"]),
            ]
        )
        #expect(
            mine.merging(theirs, choosing: ["name"], leaving: ["tier"]).versions == [
                Self.version(2_018, ["name": "B"]), Self.version(2_020, ["name": "B", "major": "x"]),
            ]
        )
        #expect(mine.merging(RecordTimeline([Self.version(2_021, ["name": "B"])])) == mine)
    }

    @Test("a change of another field outlives the undoing, one of the same field is in its way")
    func undo() throws {
        let before = RecordTimeline([Self.version(2_020, ["name": "A"])])
        let merged = before.merging(RecordTimeline([Self.version(2_019, ["name": "B", "tier": "1"])]))
        var later = merged
        try later.change(["major": .text("x")], from: Self.day(2_023))
        #expect(
            try later.undoing(merged, since: before).versions == [
                Self.version(2_020, ["name": "A"]), Self.version(2_023, ["name": "A", "major": "x"]),
            ]
        )
        try later.change(["tier": .text("2")], from: Self.day(2_024))
        #expect(throws: RecordTimeline.Entangled(fields: ["tier"])) { try later.undoing(merged, since: before) }
    }

    @Test("undoing a merge gives back exactly what was believed before")
    func inverse() throws {
        var random = SeededGenerator.announced()
        for _ in 0..<500 {
            func timeline() -> RecordTimeline {
                let years = Set(
                    (0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 0...6, using: &random) }
                )
                return RecordTimeline(
                    years.map { year in
                        var attributes: [String: String] = [:]
                        for field in ["a", "b", "c"] where Bool.random(using: &random) {
                            attributes[field] = ["1", "2"].randomElement(using: &random)
                        }
                        let state: RecordState = Bool.random(using: &random) ? .active : .closed
                        return Self.version(year == 0 ? nil : 2_000 + year, attributes, state)
                    }
                )
            }
            let (mine, theirs) = (timeline(), timeline())
            let chosen = Set(["a", "b", "c"].filter { _ in Bool.random(using: &random) })
            let merged = mine.merging(theirs, choosing: chosen)
            #expect(try merged.undoing(merged, since: mine) == mine)
        }
    }
}
