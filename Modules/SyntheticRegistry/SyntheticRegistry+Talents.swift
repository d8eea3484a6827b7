import DomainModel
import NameForms

extension SyntheticRegistry {
    func talent(_ number: Int, _ births: inout [UInt32]) -> SyntheticEntry {
        var numbers = numbers(.talent, number)
        let isMale = numbers.happens(perMille: 610)
        // Most are young: the later of two days.
        let day = max(numbers.number(below: Self.birthDays.count), numbers.number(below: Self.birthDays.count))
        let birth = Self.firstBirth.later(by: day)
        let isForeign = numbers.happens(perMille: 15)
        let trade = SyntheticTables.trades[numbers.number(below: SyntheticTables.trades.count)]
        let degree = Degree(bornIn: birth.year, &numbers)
        let arrival = arrival(after: degree.graduation(of: birth), &numbers)

        var entry = SyntheticEntry(key: Self.key(.talent, number), kind: .talent, from: arrival, [])
        var spelling = ""
        if isForeign {
            let foreign = SyntheticNames.foreign(isMale: isMale, &numbers)
            spelling = foreign.name
            entry.values = [
                ("name_foreign", .text(foreign.name)), ("nationality", .text(foreign.country)),
                ("passport", .text(SyntheticIdentifiers.passport(place: number))),
            ]
        } else if let name = SyntheticNames.chinese(born: birth.year, isMale: isMale, &numbers) {
            spelling = name.spelling
            let place = day * 2 + (isMale ? 1 : 0)
            let resident = SyntheticIdentifiers.resident(birth: birth, isMale: isMale, place: Int(births[place]))
            births[place] += 1
            entry.values = [
                ("name_zh", .text(name.surname + name.given)), ("name_pinyin", .text(name.spelling)),
                ("nationality", .text("CHN")), ("resident_id", .text(resident)),
            ]
            if numbers.happens(perMille: 30),
                let former = SyntheticNames.chinese(born: birth.year, isMale: isMale, &numbers)
            {
                entry.values.append(("names_former", .list([.text(name.surname + former.given)])))
            }
        }
        entry.values += [
            ("sex", .text(isMale ? "male" : "female")), ("birth_date", birth.value),
            ("telephone", .list([.text(SyntheticIdentifiers.telephone(place: number))])),
            ("mail", .list([.text(SyntheticIdentifiers.mail(spelling, place: number + 1))])),
            ("degree", .text(degree.rawValue)),
            ("major", .text(trade.majors[numbers.number(below: trade.majors.count)])),
            ("is_stem", .boolean(trade.isSTEM)), ("research_fields", .list([.text(trade.field)])),
            ("introduced_on", arrival.value), ("region", .text(SyntheticTables.regions.pick(&numbers))),
        ]
        if degree == .doctor { entry.values.append(("orcid", .text(SyntheticIdentifiers.orcid(place: number)))) }
        entry.values.append(Self.note)

        educate(&entry, birth, degree, trade, isForeign, &numbers)
        let stays = stays(&entry, from: arrival, &numbers)
        for stay in stays { employ(&entry, stay, &numbers) }
        grade(&entry, degree, trade, stays[0], &numbers)
        if projects > 0, degree == .doctor, numbers.happens(perMille: 200) {
            let project = numbers.number(below: projects)
            let days = projectDays(project)
            let role = numbers.happens(perMille: 100) ? "chief_scientist" : "member"
            entry.say("project_role", to: Self.key(.project, project), term: role, from: days.from, until: days.until)
        }
        return entry
    }

    /// The day on which somebody comes: some years after the last examination.
    private func arrival(after graduation: CivilDate, _ numbers: inout SeededNumbers) -> CivilDate {
        let first = max(graduation, CivilDate(2_006, 1, 1))
        let span = max(1, Self.lastDay.daysSince1970 - first.daysSince1970 - 30)
        // The corridor grows: the later of two days.
        return first.later(by: max(numbers.number(below: span), numbers.number(below: span)))
    }

    /// The time or times in the corridor: some leave, and some of those return.
    private func stays(
        _ entry: inout SyntheticEntry,
        from arrival: CivilDate,
        _ numbers: inout SeededNumbers
    ) -> [(from: CivilDate, until: CivilDate?)] {
        let span = Self.lastDay.daysSince1970 - arrival.daysSince1970
        var stays: [(from: CivilDate, until: CivilDate?)] = [(arrival, nil)]
        let origin = SyntheticTables.places[numbers.number(below: SyntheticTables.places.count)]
        if span > 1_200, numbers.happens(perMille: 110) {
            let left = arrival.later(by: 400 + numbers.number(below: span - 800))
            stays[0].until = left
            let rest = Self.lastDay.daysSince1970 - left.daysSince1970
            if rest > 500, numbers.happens(perMille: 250) {
                stays.append((left.later(by: 200 + numbers.number(below: rest - 300)), nil))
            }
        }
        let channel = numbers.happens(perMille: 700) ? "introduced" : "trained"
        for (place, stay) in stays.enumerated() {
            var values: SyntheticValues = [
                ("channel", .text(place == 0 ? channel : "returned")), ("origin", .text(origin)),
            ]
            if stay.until != nil {
                let target = SyntheticTables.places[numbers.number(below: SyntheticTables.places.count)]
                values.append(("destination", .text(target)))
            }
            entry.say("presence", from: stay.from, until: stay.until, values)
        }
        return stays
    }

    private func educate(
        _ entry: inout SyntheticEntry,
        _ birth: CivilDate,
        _ degree: Degree,
        _ trade: SyntheticTables.Trade,
        _ isForeign: Bool,
        _ numbers: inout SeededNumbers
    ) {
        for step in degree.steps {
            let perMille = step == .associate ? 0 : step == .bachelor ? 40 : 150
            let isAbroad = isForeign || numbers.happens(perMille: perMille)
            let schools = isAbroad ? SyntheticTables.schoolsAbroad : SyntheticTables.schools
            let from = CivilDate(birth.year + step.ages.lowerBound, 9, 1)
            entry.say(
                "education",
                from: from,
                until: step.graduation(of: birth),
                [
                    ("school", .text(schools[numbers.number(below: schools.count)])), ("degree", .text(step.rawValue)),
                    ("major", .text(trade.majors[numbers.number(below: trade.majors.count)])),
                    ("is_stem", .boolean(trade.isSTEM)),
                ]
            )
        }
    }

    /// Tiers for five years each, and a professional title.
    private func grade(
        _ entry: inout SyntheticEntry,
        _ degree: Degree,
        _ trade: SyntheticTables.Trade,
        _ stay: (from: CivilDate, until: CivilDate?),
        _ numbers: inout SeededNumbers
    ) {
        let chance = numbers.number(below: 10_000)
        let tier: String? =
            switch degree {
            case .doctor where chance < 15: "top"
            case .doctor where chance < 900: "leading"
            case .doctor, .master: chance < 6_000 ? (trade.isSTEM ? "stem_youth" : "youth") : "reserve"
            case .bachelor: chance < 5_000 ? "reserve" : nil
            default: chance < 4_000 ? "skilled" : nil
            }
        if let tier {
            let from = stay.from.later(by: 30 + numbers.number(below: 300))
            if from < stay.until ?? Self.lastDay {
                let until = from.later(by: 5 * 365)
                entry.say(
                    "tier",
                    term: tier,
                    from: from,
                    until: min(until, stay.until ?? until),
                    [
                        ("rule", .text("示例认定办法")), ("reassess_on", until.later(by: -90).value),
                    ]
                )
            }
        }
        if degree == .doctor || degree == .master, numbers.happens(perMille: 400) {
            let title = degree == .doctor ? ["教授", "研究员", "高级工程师"] : ["工程师", "高级工程师"]
            entry.say(
                "professional_title",
                from: stay.from,
                [
                    ("title", .text(title[numbers.number(below: title.count)]))
                ]
            )
        }
    }
}

/// A degree and the ages at which it is studied for.
enum Degree: String {
    case doctor, master, bachelor, associate

    /// Draws one; the younger, the higher.
    init(bornIn year: Int, _ numbers: inout SeededNumbers) {
        let chance = numbers.number(below: 1_000)
        // Who was born after 1996 cannot be a doctor yet.
        self =
            chance < 90 && year < 1_996
            ? .doctor : chance < 330 && year < 2_000 ? .master : chance < 850 ? .bachelor : .associate
    }

    var ages: Range<Int> {
        switch self {
        case .doctor: 25..<29
        case .master: 22..<25
        case .bachelor: 18..<22
        case .associate: 18..<21
        }
    }

    /// The degrees on the way to it.
    var steps: [Degree] {
        switch self {
        case .doctor: [.bachelor, .master, .doctor]
        case .master: [.bachelor, .master]
        case .bachelor, .associate: [self]
        }
    }

    func graduation(of birth: CivilDate) -> CivilDate { CivilDate(birth.year + ages.upperBound, 7, 1) }
}
