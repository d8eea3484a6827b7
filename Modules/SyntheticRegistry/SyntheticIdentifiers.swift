import DomainModel

/// Identifiers whose checks are right and which nobody can have been given.
///
/// - Resident numbers begin with a county of the former prefecture Jiaxing, 332221 to 332228. The prefecture ended in 1983,
///   and the first numbers were given out in 1984 (State Council, trial provisions on identity cards, 1984-04-06).
/// - Credit codes have an organisation code that begins with `XX`; since 2015 they begin with `MA`, and before that they
///   were digits (GB 32100-2015, GB 11714-1997).
/// - ORCID iDs begin with `0000-0099`, outside of the blocks that ORCID assigns from.
/// - Passports begin with `XXS`, which is no Chinese series.
/// - Telephones are `121` and eight digits: mobile numbers begin with 13 to 19 (MIIT, 电信网码号资源分类管理目录).
/// - Mail goes to `example.com`, which is nobody's (RFC 2606 §3).
enum SyntheticIdentifiers {
    /// The resident number of somebody: the n-th of a day and sex, from 0.
    static func resident(birth: CivilDate, isMale: Bool, place: Int) -> String {
        let division = 332_221 + place / 499 % 8
        let order = (place % 499) * 2 + (isMale ? 1 : 2)
        return ResidentIdentityNumber.completed(
            digits(division, 6) + birth.isoText.utf8.filter { $0 != 0x2D } + digits(order, 3)
        )
    }

    /// The credit code of the n-th firm or body, registered in a division.
    static func creditCode(department: String, division: Int, place: Int) -> String {
        UnifiedSocialCreditCode.completed(
            Array(department.utf8) + digits(division, 6) + Array("XX".utf8) + digits(place, 6)
        )
    }

    static func orcid(place: Int) -> String {
        ORCID.completed(digits(99, 8) + digits(place, 7))
    }

    static func passport(place: Int) -> String { "XXS" + text(place, 6) }

    static func telephone(place: Int) -> String { "121" + text(place, 8) }

    static func mail(_ name: String, place: Int) -> String {
        let letters = name.lowercased().unicodeScalars.filter { $0.value >= 0x61 && $0.value <= 0x7A }
        return String(String.UnicodeScalarView(letters)) + ".\(place)@example.com"
    }

    /// A number with zeros before it.
    static func text(_ number: Int, _ width: Int) -> String { String(decoding: digits(number, width), as: UTF8.self) }

    private static func digits(_ number: Int, _ width: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0x30, count: width)
        var rest = number
        for place in stride(from: width - 1, through: 0, by: -1) {
            bytes[place] += UInt8(rest % 10)
            rest /= 10
        }
        return bytes
    }
}
