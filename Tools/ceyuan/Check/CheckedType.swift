import ArgumentParser
import DomainModel
import Glibc

/// The kinds to check for: one, or all.
struct CheckedType: ExpressibleByArgument {
    /// What `--type` takes for all kinds.
    private static let auto = "auto"

    let kinds: [IdentifierKind]

    init?(argument: String) {
        if argument == Self.auto {
            kinds = IdentifierKind.allCases
        } else {
            guard let kind = IdentifierKind(rawValue: argument) else { return nil }
            kinds = [kind]
        }
    }

    static var allValueStrings: [String] { IdentifierKind.allCases.map(\.rawValue) + [auto] }
}

/// A day as people write it: `2021-04-09`.
struct CheckedDay: ExpressibleByArgument {
    let date: CivilDate

    init?(argument: String) {
        // A date alone is the end of that day in UTC.
        guard argument.utf8.count == 10, let instant = Instant(argument) else { return nil }
        date = CivilDate(daysSince1970: Int(instant.microsecondsSince1970 / 86_400_000_000))
    }

    private init(date: CivilDate) { self.date = date }

    /// The day of the machine's clock in China, eight hours before UTC.
    static var today: CheckedDay { CheckedDay(date: CivilDate(daysSince1970: (time(nil) + 8 * 3_600) / 86_400)) }
}
