import NameForms

/// Names in the manner of a cohort: surnames as often as published, given names of characters that were in use.
enum SyntheticNames {
    /// A Chinese name of somebody born in a year.
    static func chinese(born year: Int, isMale: Bool, _ numbers: inout SeededNumbers) -> ChineseName? {
        let surname = surnames.pick(&numbers)
        let cohort = cohorts.last { $0.first <= year } ?? cohorts[0]
        let characters = isMale ? cohort.male : cohort.female
        let isSingle = numbers.happens(perMille: cohort.singlePerMille)
        var given = characters.pick(&numbers)
        if !isSingle { given += characters.pick(&numbers) }
        return ChineseName(surname: surname, given: given)
    }

    /// All characters that given names are made of.
    static let givenCharacters = cohorts.flatMap { $0.male.texts + $0.female.texts }

    /// A name of somebody from abroad: given name and surname, and the country by ISO 3166-1 alpha-3.
    static func foreign(isMale: Bool, _ numbers: inout SeededNumbers) -> (name: String, country: String) {
        let country = abroad[numbers.number(below: abroad.count)]
        let given = isMale ? country.male : country.female
        let name =
            given[numbers.number(below: given.count)] + " "
            + country.surnames[numbers.number(below: country.surnames.count)]
        return (name, country.code)
    }
}

/// Texts that are drawn as often as their weights say.
struct WeightedTexts: Sendable {
    let texts: [String]
    private let sums: [Int]

    init(_ pairs: [(text: String, weight: Int)]) {
        texts = pairs.map(\.text)
        var sum = 0
        sums = pairs.map {
            sum += $0.weight
            return sum
        }
    }

    /// Characters in falling order: each is drawn a bit less often than the one before.
    init(falling characters: String) {
        self.init(characters.enumerated().map { (String($1), 4_000 / ($0 + 8)) })
    }

    /// Draws one; the cost grows with the logarithm of their number.
    func pick(_ numbers: inout SeededNumbers) -> String {
        let wanted = numbers.number(below: sums[sums.count - 1])
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        return texts[low]
    }
}
