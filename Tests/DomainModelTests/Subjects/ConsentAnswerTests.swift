import DomainModel
import Testing

/// Source of the rules: Personal Information Protection Law, arts. 13, 15 and 29.
@Suite("Answers of the ledger of consents")
struct ConsentAnswerTests {
    private func instant(_ day: Int) -> Instant { Instant(microsecondsSince1970: Int64(day) * 86_400_000_000) }

    private func line(
        _ number: Int64,
        _ basis: ProcessingBasis = .consent,
        form: ConsentForm? = .general,
        fields: [String] = [],
        given: Int = 10,
        until: Int? = nil,
        withdrawn: Int? = nil
    ) -> Consent {
        Consent(
            number: number,
            subject: "T-7",
            ground: ConsentGround(
                purpose: "housing",
                basis: basis,
                form: basis == .consent ? form : nil,
                fields: fields,
                givenAt: instant(given),
                until: until.map(instant),
                channel: .paper
            ),
            recordedAt: instant(given),
            recordedBy: "user:a",
            withdrawal: withdrawn.map {
                Consent.Withdrawal(
                    at: instant($0),
                    channel: .spoken,
                    evidence: nil,
                    note: nil,
                    recordedAt: instant($0),
                    recordedBy: "user:a"
                )
            }
        )
    }

    private func ask(
        _ lines: [Consent],
        day: Int,
        purpose: String = "housing",
        field: String? = nil,
        isSensitive: Bool = false
    ) -> ConsentAnswer {
        ConsentAnswer(
            by: lines,
            of: "T-7",
            for: purpose,
            at: instant(day),
            field: field,
            isSensitive: isSensitive
        )
    }

    @Test("a withdrawal ends a consent from its instant on, and not before")
    func withdrawal() {
        let lines = [line(1, withdrawn: 20)]
        #expect(ask(lines, day: 9).lack == .notYet)
        #expect(ask(lines, day: 10).isCovered)
        #expect(ask(lines, day: 19).grounds.map(\.number) == [1])
        #expect(ask(lines, day: 20).lack == .ended)
        #expect(ask(lines + [line(2, given: 25)], day: 26).grounds.map(\.number) == [2])
    }

    @Test("a consent for a time ends by itself")
    func expiry() {
        #expect(ask([line(1, until: 15)], day: 14).isCovered)
        #expect(ask([line(1, until: 15)], day: 15).lack == .ended)
    }

    @Test("a consent to one purpose or field says nothing of another")
    func scope() {
        #expect(ask([line(1)], day: 11, purpose: "visa").lack == .unknown)
        let narrow = [line(1, fields: ["mail"])]
        #expect(ask(narrow, day: 11, field: "mail").isCovered)
        #expect(ask(narrow, day: 11, field: "address").lack == .scope)
        #expect(ask(narrow, day: 11).lack == .scope)
    }

    @Test("a sensitive field needs a consent of its own, and no consent where the law gives the duty")
    func sensitive() {
        #expect(ask([line(1)], day: 11, field: "passport", isSensitive: true).lack == .form)
        #expect(ask([line(1, form: .separate)], day: 11, field: "passport", isSensitive: true).isCovered)
        #expect(ask([line(1, .legalDuty)], day: 11, field: "passport", isSensitive: true).isCovered)
    }
}
