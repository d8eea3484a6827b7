import DomainModel

/// What other records need to know of a firm, drawn from its numbers before all else.
struct FirmOutline {
    let trade: SyntheticTables.Trade
    let registered: CivilDate
    /// The first day on which it is gone from the corridor.
    let left: CivilDate?

    init(_ numbers: inout SeededNumbers) {
        trade = SyntheticTables.trades[numbers.number(below: SyntheticTables.trades.count)]
        // Ever more firms: the later of two years.
        let year = max(2_003 + numbers.number(below: 22), 2_003 + numbers.number(below: 22))
        registered = CivilDate(year, 1 + numbers.number(below: 12), 1 + numbers.number(below: 28))
        let isGone = numbers.happens(perMille: 60) && year < 2_023
        let last = SyntheticRegistry.lastDay.daysSince1970 - registered.daysSince1970
        left = isGone ? registered.later(by: 366 + numbers.number(below: max(1, last - 366))) : nil
    }
}

extension SyntheticRegistry {
    /// What is known of a firm without making it.
    func firm(_ number: Int) -> FirmOutline {
        var numbers = numbers(.enterprise, number)
        return FirmOutline(&numbers)
    }

    func enterprise(_ number: Int) -> SyntheticEntry {
        var numbers = numbers(.enterprise, number)
        let firm = FirmOutline(&numbers)
        let region = SyntheticTables.regions.pick(&numbers)
        let word = firm.trade.words[numbers.number(below: firm.trade.words.count)]
        // The first firms are the largest ones.
        let size = number * 1_000 / max(1, enterprises) + numbers.number(below: 200)
        let isStock = size < 40
        let brand = SyntheticTables.nameCharacters.pick(&numbers) + SyntheticTables.nameCharacters.pick(&numbers)
        var entry = SyntheticEntry(
            key: Self.key(.enterprise, number),
            kind: .enterprise,
            from: firm.registered,
            [
                ("name_zh", .text("杭州" + brand + word + (isStock ? "股份有限公司" : "有限公司"))),
                ("uscc", .text(SyntheticIdentifiers.creditCode(department: "91", division: 330_100, place: number))),
                ("legal_form", .text(isStock ? "joint_stock" : "limited")),
                ("registered_on", firm.registered.value),
                ("registered_capital", .text(String((1 + numbers.number(below: 50)) * (isStock ? 1_000 : 20)))),
                ("industry", .text(firm.trade.industry)),
                ("division", .text("330110")),
                ("size", .text(size < 20 ? "large" : size < 120 ? "medium" : size < 500 ? "small" : "micro")),
                ("contact_telephone", .list([.text(SyntheticIdentifiers.telephone(place: 50_000_000 + number))])),
                ("region", .text(region)),
                Self.note,
            ]
        )
        let isMover = numbers.happens(perMille: 50)
        let origin = SyntheticTables.places[numbers.number(below: SyntheticTables.places.count)]
        entry.say(
            "presence",
            from: firm.registered,
            until: firm.left,
            [
                ("channel", .text(isMover ? "introduced" : "founded")), ("origin", .text(isMover ? origin : "杭州市")),
            ]
        )
        if isMover {
            entry.say(
                "move",
                term: "in",
                from: firm.registered,
                until: firm.registered.later(by: 1),
                [("from", .text(origin))]
            )
        }
        if let left = firm.left {
            let target = SyntheticTables.places[numbers.number(below: SyntheticTables.places.count)]
            entry.say("move", term: "out", from: left, until: left.later(by: 1), [("to", .text(target))])
        }
        entry.say(
            "chain_node",
            term: firm.trade.chain,
            from: firm.registered,
            until: firm.left,
            [
                ("role", .text(size < 15 ? "leader" : size < 100 ? "core" : "supporting"))
            ]
        )
        climb(&entry, firm, size, &numbers)
        entitle(&entry, firm, size, &numbers)
        reckon(&entry, firm, size, &numbers)
        if firm.left == nil, numbers.happens(perMille: 120) {
            entry.say(
                "tenancy",
                to: Self.key(.platform, numbers.number(below: platforms)),
                from: max(firm.registered, Self.platformsFrom),
                [
                    ("area", .text(String(50 + numbers.number(below: 900))))
                ]
            )
        }
        return entry
    }

    /// The ladder from a firm to a listed one, each step until the next.
    private func climb(_ entry: inout SyntheticEntry, _ firm: FirmOutline, _ size: Int, _ numbers: inout SeededNumbers)
    {
        let reach = size < 12 ? 4 : size < 40 ? 3 : size < 350 ? 2 : 1
        let steps = ["market.enterprise", "market.above_scale", "market.joint_stock", "market.listed"].prefix(reach)
        let end = firm.left ?? Self.lastDay
        var day = firm.registered
        for (place, term) in steps.enumerated() {
            let next = day.later(by: 300 + numbers.number(below: 1_200))
            let isLast = place + 1 == steps.count || next >= end
            entry.say("stage", term: term, from: day, until: isLast ? firm.left : next)
            if isLast { return }
            day = next
        }
    }

    /// Titles for three years each, some of them renewed.
    private func entitle(
        _ entry: inout SyntheticEntry,
        _ firm: FirmOutline,
        _ size: Int,
        _ numbers: inout SeededNumbers
    ) {
        let titles = [
            ("tech_sme", 500), ("nhte", size < 400 ? 400 : 60), ("zhuanjingtexin", size < 200 ? 200 : 10),
            ("little_giant", size < 60 ? 120 : 0), ("gazelle", size < 150 ? 60 : 3), ("unicorn", size < 8 ? 100 : 0),
        ]
        let end = firm.left ?? Self.lastDay
        for (title, perMille) in titles where numbers.happens(perMille: perMille) {
            var day = firm.registered.later(by: 365 + numbers.number(below: 1_500))
            var hasTitle = true
            while hasTitle, day < end {
                let until = day.later(by: 3 * 365)
                entry.say(
                    "title",
                    term: title,
                    from: day,
                    until: min(until, firm.left ?? until),
                    [
                        (
                            "certificate",
                            .text("SYN\(day.year)\(SyntheticIdentifiers.text(numbers.number(below: 1_000_000), 6))")
                        ),
                        ("evaluation_year", .integer(Int64(day.year))),
                    ]
                )
                day = until
                hasTitle = numbers.happens(perMille: 700)
            }
        }
    }

    /// The figures of the last three whole years.
    private func reckon(_ entry: inout SyntheticEntry, _ firm: FirmOutline, _ size: Int, _ numbers: inout SeededNumbers)
    {
        var revenue = (1_000 - min(size, 990)) * (1_000 - min(size, 990)) / (20 + numbers.number(below: 60)) + 30
        for year in (Self.lastDay.year - 2)...Self.lastDay.year {
            let first = CivilDate(year, 1, 1)
            let next = CivilDate(year + 1, 1, 1)
            guard firm.registered < first, firm.left.map({ $0 > next }) ?? true else { continue }
            revenue = revenue * (85 + numbers.number(below: 40)) / 100 + 1
            let employees = 3 + revenue / (60 + numbers.number(below: 60))
            entry.say(
                "figures",
                from: first,
                until: next,
                [
                    ("revenue", .text(String(revenue))),
                    ("profit", .text(String(revenue * (numbers.number(below: 30) - 6) / 100))),
                    ("rd_spending", .text(String(revenue * (3 + numbers.number(below: 12)) / 100))),
                    ("employees", .integer(Int64(employees))),
                    ("rd_staff", .integer(Int64(employees * (5 + numbers.number(below: 40)) / 100))),
                ]
            )
        }
    }
}
