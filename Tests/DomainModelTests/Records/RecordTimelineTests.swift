import DomainModel
import Testing

@Suite("timelines of records")
struct RecordTimelineTests {
    private static func day(_ year: Int) -> CivilDate { CivilDate(year: year, month: 1, day: 1)! }

    private static func version(
        _ year: Int?,
        _ attributes: [String: String],
        _ state: RecordState = .active
    )
        -> RecordTimeline.Version
    {
        RecordTimeline.Version(
            from: year.map(day),
            state: state,
            attributes: attributes.mapValues { .text($0) }
        )
    }

    private static let two = RecordTimeline([
        version(2_022, ["name": "B", "place": "x"]), version(2_020, ["name": "A", "place": "x"]),
    ])

    @Test("a change begins a version and leaves the earlier one")
    func change() throws {
        var timeline = Self.two
        try timeline.change(["name": .text("C")], from: Self.day(2_024))
        #expect(
            timeline.versions == [
                Self.version(2_020, ["name": "A", "place": "x"]), Self.version(2_022, ["name": "B", "place": "x"]),
                Self.version(2_024, ["name": "C", "place": "x"]),
            ]
        )
        #expect(timeline.additions(to: Self.two) == [Self.version(2_024, ["name": "C", "place": "x"])])
    }

    @Test("a change in the past is carried on to where a later version says otherwise")
    func carried() throws {
        var timeline = Self.two
        try timeline.change(["name": .text("Z"), "place": .text("y")], from: Self.day(2_021))
        #expect(
            timeline.versions == [
                Self.version(2_020, ["name": "A", "place": "x"]), Self.version(2_021, ["name": "Z", "place": "y"]),
                Self.version(2_022, ["name": "B", "place": "y"]),
            ]
        )
    }

    @Test("a correction makes no version; values are taken away too")
    func correction() throws {
        var timeline = Self.two
        try timeline.correct(["place": .none, "name": .text("a")], on: Self.day(2_021))
        #expect(timeline.versions == [Self.version(2_020, ["name": "a"]), Self.version(2_022, ["name": "B"])])
    }

    @Test("a change on the first day of a version is one of that version")
    func sameDay() throws {
        var timeline = Self.two
        try timeline.change(["name": .text("C")], from: Self.day(2_022))
        #expect(timeline.versions.map(\.from) == [Self.day(2_020), Self.day(2_022)])
        #expect(timeline.last?.attributes["name"] == .text("C"))
    }

    @Test("nothing is said of days before the first")
    func before() {
        var timeline = Self.two
        #expect(throws: RecordTimeline.Fault.beforeFirst(Self.day(2_019))) {
            try timeline.change(["name": .text("C")], from: Self.day(2_019))
        }
        var open = RecordTimeline([Self.version(nil, ["name": "A"])])
        #expect(throws: Never.self) { try open.change(["name": .text("B")], from: Self.day(1_900)) }
        #expect(open.version(on: Self.day(1_899))?.attributes["name"] == .text("A"))
        #expect(open.version(on: Self.day(1_900))?.attributes["name"] == .text("B"))
    }

    @Test("a wrong beginning is moved: what holds on the first day that is left holds from that day on")
    func beginning() {
        for (day, firsts) in [
            (Self.day(2_010), [Self.day(2_010), Self.day(2_022)]),
            (Self.day(2_021), [Self.day(2_021), Self.day(2_022)]),
            (Self.day(2_022), [Self.day(2_022)]), (Self.day(2_030), [Self.day(2_030)]),
        ] {
            var timeline = Self.two
            timeline.begin(on: day)
            #expect(timeline.versions.map(\.from) == firsts)
            #expect(timeline.versions.last?.attributes == Self.two.versions.last?.attributes)
        }
        var unknown = RecordTimeline([Self.version(nil, ["name": "A"])])
        unknown.begin(on: Self.day(2_020))
        #expect(unknown.versions.map(\.from) == [Self.day(2_020)])
        var none = RecordTimeline([])
        none.begin(on: Self.day(2_020))
        #expect(none.versions.isEmpty)
    }

    @Test("closing holds for later versions, until one was closed or opened by itself")
    func closing() throws {
        var timeline = Self.two
        try timeline.change([:], state: .closed, from: Self.day(2_021))
        #expect(timeline.versions.map(\.state) == [.active, .closed, .closed])
        try timeline.change([:], state: .active, from: Self.day(2_025))
        #expect(timeline.versions.map(\.state) == [.active, .closed, .closed, .active])
    }
}
