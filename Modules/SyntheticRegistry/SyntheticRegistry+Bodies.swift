import DomainModel

extension SyntheticRegistry {
    /// Bodies and platforms are as old as the corridor.
    static let platformsFrom = CivilDate(2_004, 1, 1)

    func organisation(_ number: Int) -> SyntheticEntry {
        let body = SyntheticTables.organisations[number]
        return SyntheticEntry(
            key: Self.key(.organisation, number),
            kind: .organisation,
            from: Self.platformsFrom,
            [
                ("name_zh", .text(body.name)),
                (
                    "uscc",
                    .text(SyntheticIdentifiers.creditCode(department: "12", division: 330_000, place: 900_000 + number))
                ),
                ("type", .text(body.type)),
                ("founded_on", Self.platformsFrom.value),
                ("region", .text(["corridor.future", "corridor.zijingang", "330106"][number % 3])),
                Self.note,
            ]
        )
    }

    func platform(_ number: Int) -> SyntheticEntry {
        var numbers = numbers(.platform, number)
        let types = [
            ("provincial_key_lab", "重点实验室"), ("incubator", "孵化器"), ("accelerator", "加速器"), ("science_park", "科技园"),
        ]
        let type = types[number % 4]
        let name = SyntheticTables.nameCharacters.pick(&numbers) + SyntheticTables.nameCharacters.pick(&numbers)
        var entry = SyntheticEntry(
            key: Self.key(.platform, number),
            kind: .platform,
            from: Self.platformsFrom,
            [
                ("name_zh", .text(name + "示例" + type.1)),
                ("type", .text(type.0)),
                ("region", .text(SyntheticTables.regions.pick(&numbers))),
                Self.note,
            ]
        )
        entry.say(
            "host",
            to: Self.key(.organisation, numbers.number(below: organisations)),
            share: "1",
            from: Self.platformsFrom
        )
        let level = ["national", "provincial", "municipal", "district"][numbers.number(below: 4)]
        entry.say(
            "certification",
            term: level,
            from: CivilDate(2_010 + numbers.number(below: 12), 1, 1),
            [("as", .text(type.0))]
        )
        // From the laboratory to the incubator, the accelerator and the park of the same four.
        if number % 4 < 3, number + 1 < platforms {
            entry.say("incubation_chain", to: Self.key(.platform, number + 1), from: Self.platformsFrom)
        }
        return entry
    }

    /// The first and the last day of a project.
    func projectDays(_ number: Int) -> (from: CivilDate, until: CivilDate) {
        var numbers = numbers(.project, number)
        let from = CivilDate(2_018 + numbers.number(below: 7), 1 + numbers.number(below: 12), 1)
        return (from, from.later(by: 365 * (1 + numbers.number(below: 4))))
    }

    func project(_ number: Int) -> SyntheticEntry {
        let days = projectDays(number)
        var numbers = SeededNumbers(seed: seed, stream: 1_000, record: UInt64(number))
        let firm = numbers.number(below: max(1, enterprises))
        let outline = self.firm(firm)
        let trade = outline.trade
        var entry = SyntheticEntry(
            key: Self.key(.project, number),
            kind: .project,
            from: days.from,
            [
                ("name_zh", .text("\(trade.field)关键技术研究（示例\(number + 1)）")),
                ("type", .text("research")),
                ("field", .text(trade.field)),
                ("starts_on", days.from.value),
                ("ends_on", days.until.value),
                ("region", .text(SyntheticTables.regions.pick(&numbers))),
                Self.note,
            ]
        )
        entry.say(
            "party",
            of: Self.key(.enterprise, firm),
            to: entry.key,
            term: "lead",
            from: max(days.from, outline.registered),
            until: max(days.until, outline.registered.later(by: 365))
        )
        let mode = ["jiebang", "milestone", "chief_expert", "lump_sum"][numbers.number(below: 4)]
        entry.say("project_mode", term: mode, from: days.from, until: days.until)
        let amount = 50 * (1 + numbers.number(below: 60))
        entry.say(
            "budget",
            from: days.from,
            until: days.until,
            [
                ("mode", .text(mode == "lump_sum" ? "lump_sum" : "lines")), ("amount", .text(String(amount))),
            ]
        )
        let due = days.from.later(by: (days.until.daysSince1970 - days.from.daysSince1970) / 2)
        entry.say(
            "milestone",
            from: days.from,
            until: days.until,
            [
                ("name", .text("中期检查")), ("due_on", due.value),
            ] + (due <= Self.lastDay ? [("done_on", due.value), ("verdict", .text("passed"))] : [])
        )
        if days.until <= Self.lastDay {
            entry.say(
                "acceptance",
                from: days.until,
                until: days.until.later(by: 1),
                [
                    ("verdict", .text(numbers.happens(perMille: 920) ? "passed" : "failed"))
                ]
            )
        }
        return entry
    }
}
