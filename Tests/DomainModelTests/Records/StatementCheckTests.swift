import DomainModel
import Testing

@Suite("checks of statements")
struct StatementCheckTests {
    private static let model = RecordModel.standard
    private static let facts = RecordCheckTests.facts
    private static let firm = RelatedRecord(key: "E-1", kind: .enterprise, state: .active)

    private static func day(_ year: Int, _ month: Int = 1) -> CivilDate { CivilDate(year: year, month: month, day: 1)! }

    private static func post(
        _ firm: String,
        _ share: String,
        _ from: CivilDate?,
        _ until: CivilDate? = nil
    ) -> StatementDraft {
        StatementDraft(
            "employment",
            object: firm,
            term: "dual",
            share: ExactDecimal(share),
            from: from,
            until: until
        )
    }

    private static func codes(
        _ draft: StatementDraft,
        about kind: RegistryKind,
        to object: RelatedRecord?
    ) -> [ConflictCode] {
        model.check(draft, about: kind, to: object, facts).conflicts.map(\.code)
    }

    @Test("a right statement has nothing wrong with it")
    func right() {
        let draft = Self.post("E-1", "0.5", Self.day(2_020))
        #expect(Self.codes(draft, about: .talent, to: Self.firm) == [])
    }

    @Test("each fault has its code")
    func faults() {
        let draft = Self.post("E-1", "0.5", Self.day(2_020))
        #expect(Self.codes(draft, about: .enterprise, to: Self.firm) == [.relationKind])
        #expect(Self.codes(draft, about: .talent, to: nil) == [.referenceUnknown])
        let award = RelatedRecord(key: "W-1", kind: .award, state: .active)
        #expect(Self.codes(draft, about: .talent, to: award) == [.relationKind])
        var other = draft
        other.object = nil
        #expect(Self.codes(other, about: .talent, to: nil) == [.fieldMissing])
        other = draft
        other.term = nil
        #expect(Self.codes(other, about: .talent, to: Self.firm) == [.fieldMissing])
        other.term = "duall"
        #expect(Self.model.check(other, about: .talent, to: Self.firm, Self.facts).conflicts.first?.nearest == ["dual"])
        other = draft
        other.until = draft.from
        #expect(Self.codes(other, about: .talent, to: Self.firm) == [.validityInvalid])
        other = draft
        other.share = ExactDecimal("1.01")
        #expect(Self.codes(other, about: .talent, to: Self.firm) == [.fieldOutOfRange])
        other.share = ExactDecimal("0.1234567")
        #expect(Self.codes(other, about: .talent, to: Self.firm) == [.fieldOutOfRange])
        other = draft
        other.attributes = ["positon": .text("x")]
        #expect(Self.codes(other, about: .talent, to: Self.firm) == [.fieldUnknown])
        #expect(Self.codes(StatementDraft("employed"), about: .talent, to: nil) == [.statementUnknown])
    }

    @Test("a relation to a merged record names the one that took it up")
    func merged() {
        let object = RelatedRecord(key: "E-1", kind: .enterprise, state: .merged, mergedInto: "E-2")
        let draft = Self.post("E-1", "1", nil)
        let conflict = Self.model.check(draft, about: .talent, to: object, Self.facts).conflicts.first
        #expect(conflict?.code == .relationEnded)
        #expect(conflict?.nearest == ["E-2"])
    }

    @Test("shares of one day add up to one at most, whatever the employer")
    func shares() {
        let half = Self.post("E-1", "0.5", Self.day(2_020), Self.day(2_023))
        let other = Self.post("E-2", "0.6", Self.day(2_022))
        let conflicts = Self.model.clashes(other, with: [half])
        #expect(conflicts.map(\.code) == [.shareOverOne])
        #expect(conflicts.first?.expected.en.contains("2022-01-01") == true)
        #expect(conflicts.first?.expected.en.contains("1.1") == true)
        #expect(Self.model.clashes(Self.post("E-2", "0.5", Self.day(2_022)), with: [half]).isEmpty)
        #expect(Self.model.clashes(Self.post("E-2", "1", Self.day(2_023)), with: [half]).isEmpty)
    }

    @Test("the greatest day may lie within the statement, and days before all beginnings count")
    func sums() {
        let late = Self.post("E-1", "0.7", Self.day(2_024))
        #expect(
            Self.model.clashes(Self.post("E-2", "0.4", Self.day(2_020)), with: [late]).map(\.code) == [.shareOverOne]
        )
        let ever = Self.post("E-1", "0.7", nil)
        #expect(Self.model.clashes(Self.post("E-2", "0.4", nil), with: [ever]).map(\.code) == [.shareOverOne])
    }

    @Test("rights of an achievement add up term by term")
    func rights() {
        func right(_ owner: String, _ term: String, _ share: String) -> StatementDraft {
            StatementDraft("right", object: owner, term: term, share: ExactDecimal(share))
        }
        let held = [right("E-1", "ownership", "0.7")]
        #expect(Self.model.clashes(right("E-2", "use", "0.7"), with: held).isEmpty)
        #expect(Self.model.clashes(right("E-2", "ownership", "0.4"), with: held).map(\.code) == [.shareOverOne])
    }

    @Test("what may be said once a day is not said twice")
    func slots() {
        let title = StatementDraft("title", term: "nhte", from: Self.day(2_020), until: Self.day(2_023))
        func again(_ term: String, _ from: Int) -> [ConflictCode] {
            Self.model.clashes(StatementDraft("title", term: term, from: Self.day(from)), with: [title]).map(\.code)
        }
        #expect(again("nhte", 2_022) == [.statementOverlap])
        #expect(again("nhte", 2_023) == [])
        #expect(again("gazelle", 2_022) == [])
        let stay = StatementDraft("presence", from: Self.day(2_020))
        #expect(Self.model.clashes(stay, with: [StatementDraft("presence")]).map(\.code) == [.statementOverlap])
        let milestone = StatementDraft("milestone", from: Self.day(2_020))
        #expect(Self.model.clashes(milestone, with: [milestone]).isEmpty)
    }
}
