public import DomainModel

/// A made-up population of the corridor: the same entries for the same seed, each record marked as made up.
///
/// ```swift
/// var registry = SyntheticRegistry(talents: 700_000, enterprises: 30_000, seed: 1)
/// while let entry = registry.next() { … }
/// ```
///
/// Organisations come first, then platforms, enterprises, projects and talents, so that what a statement leads to stands
/// before it; at the end come second records of some firms and persons, for whoever looks for duplicates. Each record follows from the seed and its own number; only the last places of resident numbers are counted
/// in order. Memory does not grow with the population. Days end at ``lastDay``.
public struct SyntheticRegistry: Sendable {
    /// How many persons.
    public let talents: Int
    /// How many firms.
    public let enterprises: Int
    /// Where the random numbers begin.
    public let seed: UInt64
    /// How many persons and firms of a thousand have a second record.
    public let duplicates: Int

    /// The day on which the population is looked at; nothing is known of later ones.
    public static let lastDay = CivilDate(2_025, 12, 31)

    private var place = 0
    /// How many persons were born on a day, for each sex: the place in their resident numbers.
    private var births = [UInt32](repeating: 0, count: 2 * SyntheticRegistry.birthDays.count)

    static let firstBirth = CivilDate(1_956, 1, 1)
    static let birthDays = 0..<(CivilDate(2_004, 1, 1).daysSince1970 - firstBirth.daysSince1970)

    /// Plans a population.
    public init(talents: Int, enterprises: Int, seed: UInt64, duplicates: Int = 0) {
        self.talents = max(0, talents)
        self.enterprises = max(0, enterprises)
        self.seed = seed
        self.duplicates = min(1_000, max(0, duplicates))
    }

    /// How many bodies that are no firms.
    public var organisations: Int { SyntheticTables.organisations.count }
    /// How many laboratories, incubators, accelerators and parks.
    public var platforms: Int { max(8, enterprises / 150) }
    /// How many projects.
    public var projects: Int { enterprises / 10 }
    /// How many records.
    public var count: Int {
        organisations + platforms + enterprises + projects + talents + seconds(of: enterprises) + seconds(of: talents)
    }

    /// The next record with what is said of it; `nil` after the last.
    public mutating func next() -> SyntheticEntry? {
        defer { place += 1 }
        var number = place
        if number < organisations { return organisation(number) }
        number -= organisations
        if number < platforms { return platform(number) }
        number -= platforms
        if number < enterprises { return enterprise(number) }
        number -= enterprises
        if number < projects { return project(number) }
        number -= projects
        if number < talents { return talent(number, &births) }
        number -= talents
        if number < seconds(of: enterprises) { return second(of: enterprise(original(number))) }
        number -= seconds(of: enterprises)
        return number < seconds(of: talents) ? second(of: talent(original(number), &births)) : nil
    }

    /// The random numbers of a record.
    func numbers(_ kind: RegistryKind, _ number: Int) -> SeededNumbers {
        SeededNumbers(seed: seed, stream: UInt64(kind.letter.unicodeScalars.first?.value ?? 0), record: UInt64(number))
    }

    /// The key of a record.
    static func key(_ kind: RegistryKind, _ number: Int) -> String {
        "SYN-\(kind.letter)-" + SyntheticIdentifiers.text(number + 1, 7)
    }

    /// What stands in the note of each record.
    static let note = (code: "note", value: AttributeValue.text("合成数据，并无其人其事 made up"))
}
