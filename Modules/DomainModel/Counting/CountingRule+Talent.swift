extension CountingRule {
    /// People of the corridor: who is present on the last day, and who came within the period.
    static let talent: [CountingRule] = {
        let present = RecordSelection(.talent, [.holds("presence")])
        let newcomers = RecordSelection(.talent, [.begins("presence")])
        return [
            CountingRule("talent.total", present, scale: 4, source: "A21"),
            CountingRule("talent.skilled", present.and(.holds("tier", ["skilled"])), scale: 4, source: "A20"),
            CountingRule(
                "talent.top_leading_introduced",
                newcomers.and(.holds("tier", ["top", "leading"])),
                source: "A04"
            ),
            CountingRule(
                "talent.soul_scientists",
                RecordSelection(.talent, [.begins("tier", ["soul_scientist"])]),
                source: "A03"
            ),
            CountingRule("talent.stem_share", newcomers.and(.isTrue("is_stem")), .share(of: newcomers), source: "A12"),
            CountingRule("talent.star.top", newcomers.and(.holds("tier", ["top"])), source: "A02"),
            CountingRule("talent.star.leading", newcomers.and(.holds("tier", ["leading"])), source: "A02"),
            CountingRule("talent.star.youth", newcomers.and(.holds("tier", ["youth"])), source: "A02"),
            CountingRule("talent.star.reserve", newcomers.and(.holds("tier", ["reserve"])), source: "A02"),
            CountingRule(
                "talent.flagship_projects",
                RecordSelection(.project, [.field("type", ["flagship"])]),
                source: "A15"
            ),
            CountingRule(
                "talent.listed_talent_firms",
                RecordSelection(.enterprise, [.holds("title", ["talent_enterprise"]), .holds("listing")]),
                source: "A15"
            ),
        ]
    }()
}
