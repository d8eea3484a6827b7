import DomainModel
import PersonalData
import Testing

@Suite("Sealing records")
struct SealerTests {
    /// Source of the number: the example of GB 11643-1999.
    static let plain: Attributes = [
        "name_zh": .text("林知远"), "resident_id": .text("11010519491231002X"),
        "telephone": .list([.text("13800005678"), .text("0571-88880000")]),
    ]
    let sealer: Sealer

    init() throws {
        sealer = Sealer(try MasterKeys(text: MasterKeys.newText(naming: "a")), .standard)
    }

    @Test("values are sealed where they stand, and open with the key of their record alone")
    func round() throws {
        let sealed = try #require(sealer.seal(Self.plain, ofNew: .talent, "T-7"))
        #expect(sealed.attributes["name_zh"] == .text("林知远"))
        let text = String(describing: sealed.attributes)
        #expect(!text.contains("11010519491231002X") && !text.contains("13800005678"))
        let key = try RecordKey(sealed.key, of: "talent/T-7", with: sealer.masters)
        #expect(sealer.open(sealed.attributes, .record(.talent), by: key) == Self.plain)
        let other = RecordKey(newFor: "talent/T-8")
        #expect(sealer.open(sealed.attributes, .record(.talent), by: other) == ["name_zh": .text("林知远")])
        #expect(throws: RecordKey.Failure.notAuthentic) {
            try RecordKey(sealed.key, of: "talent/T-8", with: sealer.masters)
        }
    }

    @Test("a value that stands already keeps its text; another one, or another field, does not")
    func keeping() throws {
        let key = RecordKey(newFor: "talent/T-7")
        let place = SealedPlace.record(.talent)
        let one = sealer.seal(Self.plain, place, by: key)
        #expect(sealer.seal(Self.plain, place, by: key, keeping: [one]) == one)
        #expect(sealer.seal(Self.plain, place, by: key) != one)
        var changed = Self.plain
        changed["telephone"] = .list([.text("0571-88880000"), .text("13900005678")])
        let two = sealer.seal(changed, place, by: key, keeping: [one])
        #expect(two["resident_id"] == one["resident_id"])
        guard case .list(let before) = one["telephone"], case .list(let after) = two["telephone"] else {
            Issue.record("telephones are lists")
            return
        }
        #expect(after[0] == before[1] && !before.contains(after[1]))
    }

    @Test("a record without personal values needs no key")
    func nothing() {
        #expect(sealer.seal(["name_zh": .text("甲")], ofNew: .talent, "T-1") == nil)
        #expect(sealer.seal(["name_zh": .text("丙")], ofNew: .project, "J-1") == nil)
    }

    @Test("entries have one for each value, and those of a statement's field have its name")
    func entries() throws {
        let entries = sealer.entries(Self.plain, .record(.talent))
        #expect(entries.map(\.field) == ["resident_id", "telephone", "telephone"])
        let field = try #require(RecordModel.standard.field("telephone", of: .talent))
        #expect(sealer.entry(of: "+86 １３８ 0000 5678", field, .record(.talent)) == entries[1])
        let permit = sealer.entries(["number": .text("A1234567")], .statement("permit"))
        #expect(permit.map(\.field) == ["permit.number"])
    }

    @Test("masks show each value in part; a number keeps its type")
    func masks() throws {
        #expect(
            sealer.masks(Self.plain, .record(.talent)) == [
                "resident_id": ["110105********002X"], "telephone": ["138****5678", "057*****0000"],
            ]
        )
        let room = FieldDefinition("x_room", "房间", "Room", .integer, privacy: .sealed, source: "office")
        let own = Sealer(sealer.masters, RecordModel.standard.adding([.talent: [room]]))
        let key = RecordKey(newFor: "talent/T-7")
        let sealed = own.seal(["x_room": .integer(12)], .record(.talent), by: key)
        #expect(sealed["x_room"]?.text?.hasPrefix("sealed:1:") == true)
        #expect(own.open(sealed, .record(.talent), by: key) == ["x_room": .integer(12)])
        #expect(own.masks(["x_room": .integer(12)], .record(.talent)) == ["x_room": ["******"]])
    }

    @Test("proofs tell keys apart, also two keys of one name, and the index key")
    func proofs() throws {
        let text = MasterKeys.newText(naming: "a")
        let keys = try MasterKeys(text: text)
        let again = try MasterKeys(text: text)
        #expect(keys.proofs == again.proofs)
        #expect(keys.proofs.map(\.name) == ["a", "index:1"])
        let others = try MasterKeys(text: MasterKeys.newText(naming: "a"))
        #expect(zip(keys.proofs, others.proofs).allSatisfy { $0.bytes != $1.bytes && $0.bytes.count == 16 })
        let more = try MasterKeys(text: MasterKeys.newLine(naming: "b") + "\n" + text)
        #expect(more.names == ["b", "a"] && Array(more.proofs.dropFirst()) == keys.proofs)
    }
}
