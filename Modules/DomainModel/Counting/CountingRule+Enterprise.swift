extension CountingRule {
    /// The markets that make a listed company; the New Third Board and regional markets only quote.
    private static let exchanges = [
        "sse_main", "star", "szse_main", "chinext", "bse", "hkex", "nasdaq", "nyse", "other",
    ]

    private static func titled(_ title: String) -> RecordSelection {
        RecordSelection(.enterprise, [.holds("title", [title])])
    }

    /// Firms by titles, listings and pools.
    static let enterprise: [CountingRule] = [
        CountingRule("enterprise.nhte", titled("nhte"), source: "B03"),
        CountingRule("enterprise.tech_sme", titled("tech_sme"), source: "B03"),
        CountingRule("enterprise.platform", titled("platform"), source: "B07"),
        CountingRule("enterprise.hundred_billion_leader", titled("hundred_billion_leader"), source: "B07"),
        CountingRule("enterprise.mnc_hq", titled("mnc_hq"), source: "B09"),
        CountingRule("enterprise.foreign_rd", titled("foreign_rd_centre"), source: "B09"),
        CountingRule("industry.pinzibiao", titled("pinzibiao"), source: "B03"),
        CountingRule(
            "enterprise.listed",
            RecordSelection(.enterprise, [.holds("listing", exchanges)]),
            source: "B06"
        ),
        CountingRule(
            "enterprise.listed_new",
            RecordSelection(.enterprise, [.begins("listing", exchanges)]),
            source: "B06"
        ),
        CountingRule(
            "enterprise.star_market",
            RecordSelection(.enterprise, [.holds("listing", ["star"])]),
            source: "B06"
        ),
        CountingRule(
            "enterprise.listing_reserve",
            RecordSelection(.enterprise, [.holds("reserve", ["listing"])]),
            source: "B05"
        ),
        CountingRule(
            "industry.new_above_scale",
            RecordSelection(.enterprise, [.begins("title", ["above_scale"])]),
            source: "B02"
        ),
        CountingRule(
            "finance.pe_total",
            RecordSelection(.organisation, [.field("type", ["fund", "investor"])]),
            source: "B34"
        ),
        CountingRule(
            "finance.pe_new",
            RecordSelection(.organisation, [.field("type", ["fund", "investor"]), .dated("founded_on")]),
            source: "B34"
        ),
    ]
}
