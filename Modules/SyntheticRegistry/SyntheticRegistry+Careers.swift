import DomainModel

extension SyntheticRegistry {
    /// Posts of a stay, one after the other; those of one day are one whole person.
    func employ(
        _ entry: inout SyntheticEntry,
        _ stay: (from: CivilDate, until: CivilDate?),
        _ numbers: inout SeededNumbers
    ) {
        var from = stay.from
        let end = stay.until ?? Self.lastDay
        for place in 0..<3 {
            let isLast = place == 2 || numbers.happens(perMille: 550)
            let next = from.later(by: 365 + numbers.number(below: 1_800))
            let until = isLast || next >= end ? stay.until : next
            post(&entry, from: from, until: until, &numbers)
            guard let until, until < end else { return }
            from = until
        }
    }

    /// One post, or two that share a person.
    private func post(_ entry: inout SyntheticEntry, from: CivilDate, until: CivilDate?, _ numbers: inout SeededNumbers)
    {
        let categories = ["research", "management", "technical"]
        let values: SyntheticValues = [("category", .text(categories[numbers.number(below: 3)]))]
        let first = employer(on: from, until: until, &numbers)
        var shares = [("full_time", "1")]
        switch numbers.number(below: 100) {
        case 0..<4: shares = [("dual", "0.5"), ("dual", "0.5")]
        case 4..<7: shares = [("dual", "0.7"), ("dual", "0.3")]
        case 7..<11: shares = [("full_time", "0.8"), ("concurrent", "0.2")]
        case 11..<13: shares = [("full_time", "0.9"), ("temporary", "0.1")]
        default: break
        }
        entry.say("employment", to: first, term: shares[0].0, share: shares[0].1, from: from, until: until, values)
        guard shares.count > 1 else { return }
        // The second one is a body: never the same as a firm, and another one than a body.
        var second = Self.key(.organisation, numbers.number(below: organisations))
        if second == first { second = Self.key(.platform, numbers.number(below: platforms)) }
        entry.say("employment", to: second, term: shares[1].0, share: shares[1].1, from: from, until: until, values)
    }

    /// A firm that is there during the time, large ones more often; a body when none is found soon.
    private func employer(on from: CivilDate, until: CivilDate?, _ numbers: inout SeededNumbers) -> String {
        if enterprises > 0, numbers.happens(perMille: 780) {
            for _ in 0..<4 {
                let one = numbers.number(below: enterprises)
                let number = numbers.number(below: one + 1)
                let firm = firm(number)
                if firm.registered <= from, firm.left.map({ left in until.map { $0 <= left } ?? false }) ?? true {
                    return Self.key(.enterprise, number)
                }
            }
        }
        return numbers.happens(perMille: 800)
            ? Self.key(.organisation, numbers.number(below: organisations))
            : Self.key(.platform, numbers.number(below: platforms))
    }
}
