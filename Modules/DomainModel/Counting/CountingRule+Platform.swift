extension CountingRule {
    /// Platforms that exist: being built or in operation, not those that are only planned or have ended.
    private static func existing(_ types: [String], certified levels: [String] = []) -> RecordSelection {
        let exists = RecordSelection(
            .platform,
            [.field("type", types), .field("status", ["building", "operating"])]
        )
        return levels.isEmpty ? exists : exists.and(.holds("certification", levels))
    }

    private static let research = [
        "national_lab", "state_key_lab", "big_science_facility", "engineering_lab", "tech_innovation_centre",
        "industry_innovation_centre", "manufacturing_innovation_centre", "clinical_centre", "new_rd_institute",
        "high_end_rd", "enterprise_tech_centre",
    ]
    private static let carriers = ["incubator", "makerspace"]

    /// Laboratories, facilities, institutes, incubators and towns.
    static let platform: [CountingRule] = [
        CountingRule("lab.national", existing(["national_lab"]), source: "B12"),
        CountingRule("lab.state_key", existing(["state_key_lab"]), source: "B12"),
        CountingRule("lab.provincial", existing(["provincial_lab"]), source: "B12"),
        CountingRule("lab.provincial_key", existing(["provincial_key_lab"]), source: "B12"),
        CountingRule("facility.national_major", existing(["big_science_facility"]), source: "B12"),
        CountingRule("platform.national_rd", existing(research, certified: ["national"]), source: "B12"),
        CountingRule("platform.new_rd", existing(["new_rd_institute"]), source: "B13"),
        CountingRule("platform.high_end_rd", existing(["high_end_rd"]), source: "B13"),
        CountingRule(
            "platform.provincial_new_rd",
            existing(["new_rd_institute"], certified: ["provincial"]),
            source: "B13"
        ),
        CountingRule(
            "platform.national_innovation_centre",
            existing(
                ["tech_innovation_centre", "industry_innovation_centre", "manufacturing_innovation_centre"],
                certified: ["national"]
            ),
            source: "B12"
        ),
        CountingRule("incubator.carriers", existing(carriers), source: "B14"),
        CountingRule("incubator.floor", existing(carriers), .sum(field: "floor_area"), scale: 4, source: "B14"),
        CountingRule("incubator.national", existing(carriers, certified: ["national"]), source: "B14"),
        CountingRule(
            "incubator.provincial_municipal",
            existing(carriers, certified: ["provincial", "municipal"]),
            source: "B14"
        ),
        CountingRule(
            "innovation.incubator_provincial_plus",
            existing(["incubator"], certified: ["national", "provincial"]),
            source: "B14"
        ),
        CountingRule("city.provincial_towns", existing(["town"], certified: ["provincial"]), source: "B16"),
    ]

    /// Projects and results.
    static let achievement: [CountingRule] = [
        CountingRule(
            "project.national_key_rd",
            RecordSelection(
                .project,
                [.field("type", ["research"]), .field("level", ["national"]), .dated("starts_on")]
            ),
            source: "B17"
        ),
        CountingRule(
            "innovation.pct_applications",
            RecordSelection(.achievement, [.field("type", ["pct"]), .dated("published_on")]),
            source: "B29"
        ),
    ]
}
