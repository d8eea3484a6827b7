import DomainModel
import TestSeeds
import Testing

@testable import ceyuan

@Suite("three-way merge")
struct ThreeWayMergeTests {
    private static func fields(_ pairs: [String: [String]]) -> EditedFields {
        var fields = EditedFields()
        for (code, texts) in pairs { fields[code] = texts }
        return fields
    }

    @Test("what one side alone changed stands; what both changed otherwise is told with all three values")
    func cases() {
        let base = Self.fields(["major": ["物理"], "degree": ["master"], "note": ["old"], "same": ["a"]])
        let theirs = Self.fields(["major": ["化学"], "degree": ["doctor"], "note": ["old"], "same": ["b"]])
        let ours = Self.fields(["major": ["生物"], "degree": ["master"], "same": ["b"], "new": ["x", "y"]])
        let merge = ThreeWayMerge(base: base, theirs: theirs, ours: ours)
        #expect(merge.clashes == [.init(code: "major", base: ["物理"], theirs: ["化学"], ours: ["生物"])])
        #expect(
            merge.merged
                == Self.fields(["major": ["化学"], "degree": ["doctor"], "same": ["b"], "new": ["x", "y"]])
        )
        #expect(merge.merged.patch(from: theirs) == ["note": .none, "new": .list([.text("x"), .text("y")])])
    }

    @Test("any three records: the laws of a merge hold")
    func laws() {
        var random = SeededGenerator.announced()
        let codes = ["a", "b", "c", "d"]
        func any() -> EditedFields {
            var fields = EditedFields()
            for code in codes { fields[code] = [[], ["1"], ["2"], ["1", "2"]].randomElement(using: &random) ?? [] }
            return fields
        }
        for _ in 0..<2_000 {
            let (base, theirs, ours) = (any(), any(), any())
            let merge = ThreeWayMerge(base: base, theirs: theirs, ours: ours)
            let mirror = ThreeWayMerge(base: base, theirs: ours, ours: theirs)
            let clashing = Set(merge.clashes.map(\.code))
            #expect(clashing == Set(mirror.clashes.map(\.code)))
            for code in codes {
                let (b, t, o, m) = (base[code], theirs[code], ours[code], merge.merged[code])
                #expect(clashing.contains(code) == (t != b && o != b && t != o))
                if clashing.contains(code) { continue }
                #expect(m == mirror.merged[code])
                // Nobody's change is lost, and nothing is made up.
                if o != b { #expect(m == o) }
                if t != b { #expect(m == t) }
                if o == b, t == b { #expect(m == b) }
            }
            #expect(ThreeWayMerge(base: base, theirs: base, ours: ours).merged == ours)
            #expect(ThreeWayMerge(base: base, theirs: theirs, ours: base).merged == theirs)
        }
    }
}
