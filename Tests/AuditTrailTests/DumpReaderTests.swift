import AuditTrail
import DomainModel
import Testing

@Suite("The trail in a dump")
struct DumpReaderTests {
    private static let columns =
        "chain, sequence, occasion, at, principal, activity, action, subject_kind, subject_key, reason, before, after,"
        + " details, hash"

    private static func hex(_ digest: AuditDigest?) -> String { digest.map { "\\\\x\($0)" } ?? "\\N" }

    /// The line that pg_dump writes for an event, where texts hold nothing that COPY escapes.
    private static func line(_ linked: LinkedEvent, at: String) -> String {
        let event = linked.event
        return [
            "\(event.chain)", "\(event.sequence)", "\(event.occasion)", at, event.principal, event.activity,
            event.action, event.subject.kind, event.subject.key, event.reason ?? "\\N", hex(event.before),
            hex(event.after), event.details.canonicalText, hex(linked.hash),
        ].joined(separator: "\t")
    }

    private static func event(at instant: String, reason: String?) throws -> LinkedEvent {
        let event = AuditEvent(
            chain: 3,
            sequence: 1,
            occasion: 7,
            at: try #require(Instant(instant)),
            principal: "user:li.wei",
            activity: "a",
            action: "region.change",
            subject: AuditSubject("region", "330110"),
            reason: reason,
            before: nil,
            after: AuditDigest(of: .text("x")),
            details: [:]
        )
        return LinkedEvent(event: event, hash: event.link(after: .genesis))
    }

    private static func read(_ lines: [String]) -> (finding: [DumpReader.Finding], event: LinkedEvent?) {
        var reader = DumpReader()
        var event: LinkedEvent?
        let findings = lines.map { line in
            let finding = reader.take(line.utf8)
            if case .event = finding { event = reader.table?.event(line.utf8) }
            return finding
        }
        return (findings, event)
    }

    @Test(
        "an instant is read in whatever zone the dump was made",
        arguments: [
            ("2026-11-21 02:11:08.876803+00", "2026-11-21T02:11:08.876803Z"),
            ("2026-11-21 10:11:08.876803+08", "2026-11-21T02:11:08.876803Z"),
            ("2026-11-21 07:41:08.5+05:30", "2026-11-21T02:11:08.5Z"),
            ("2026-11-20 22:41:08-03:30", "2026-11-21T02:11:08Z"),
            // Local mean time of Shanghai before 1901, as the IANA database has it.
            ("1900-01-01 08:05:43+08:05:43", "1900-01-01T00:00:00Z"),
        ]
    )
    func zones(printed: String, instant: String) throws {
        let linked = try Self.event(at: instant, reason: nil)
        let found = Self.read(["COPY audit.event_0 (\(Self.columns)) FROM stdin;", Self.line(linked, at: printed)])
        #expect(found.finding.last == .event(AuditPlace(chain: 3, sequence: 1)))
        #expect(found.event == linked)
    }

    @Test("what COPY escapes is what it was, and an absent text is not an empty one")
    func escapes() throws {
        let at = "2026-11-21 02:11:08+00"
        let linked = try Self.event(at: "2026-11-21T02:11:08Z", reason: "a\tb\nc\\d\r\u{8}\u{B}\u{C}é")
        let line = Self.line(try Self.event(at: "2026-11-21T02:11:08Z", reason: "REASON"), at: at)
            .replacing("REASON", with: "a\\tb\\nc\\\\d\\r\\b\\v\\fé")
            .replacing(
                Self.hex(try Self.event(at: "2026-11-21T02:11:08Z", reason: "REASON").hash),
                with: Self.hex(linked.hash)
            )
        let header = "COPY audit.event (\(Self.columns)) FROM stdin;"
        #expect(Self.read([header, line]).event == linked)
        let none = try Self.event(at: "2026-11-21T02:11:08Z", reason: nil)
        #expect(Self.read([header, Self.line(none, at: at)]).event?.event.reason == nil)
        let empty = try Self.event(at: "2026-11-21T02:11:08Z", reason: "")
        #expect(Self.read([header, Self.line(empty, at: at)]).event?.event.reason == "")
    }

    @Test("rows of other tables are none of the trail's, whatever they look like")
    func otherTables() {
        var reader = DumpReader()
        let lines = [
            "COPY registry.region (code, name) FROM stdin;", "COPY audit.head (chain, sequence, hash) FROM stdin;",
            "0\t1\t\\\\x00", "\\.", "COPY audit.event_9x (chain) FROM stdin;", "1", "\\.",
        ]
        for line in lines { #expect(reader.take(line.utf8) == .none, "\(line)") }
        #expect(reader.found.isEmpty)
    }

    @Test("a row that is none says so")
    func unreadable() {
        var reader = DumpReader()
        _ = reader.take("COPY audit.head (chain, sequence, hash) FROM stdin;".utf8)
        #expect(reader.take("0\t1\t\\\\x00".utf8) == .unreadable)
        #expect(reader.take("0\tone\t\\N".utf8) == .unreadable)
        #expect(reader.take("0".utf8) == .unreadable)
        #expect(reader.found == [.head])
    }
}
