/// The short code beside a figure that leads back to where it came from (溯源码).
///
/// `O-1G4Z7K` is an observation, `O-1G4Z7K.2` its second revision, `T-8KQ` a target, `F-3W9` a finding. The code
/// holds the key itself, so no table of codes is needed, and ends with a check symbol that finds any single wrong
/// character and most swaps of neighbours. Symbols are those of Crockford's base 32, which leaves out I, L, O and U;
/// reading takes lower case, and I, L, O for 1, 1, 0.
///
/// Source: D. Crockford, "Base 32", https://www.crockford.com/base32.html; the check is modulo 31, a prime, so that
/// it needs no symbols beyond the alphabet.
public enum LineageCode: Sendable, Hashable {
    /// A value of a series: series number, first day of the period, revision.
    case observation(series: Int64, start: CivilDate, revision: Int)
    /// A target, by its number; each revision has its own.
    case target(id: Int64)
    /// A finding, by its number.
    case finding(id: Int64)

    // Days are counted from 0001-01-01 in 22 bits, which reach beyond the year 9999.
    private static let dayOffset = 719_162
    private static let dayBits: UInt64 = 22

    /// The series numbers that a code can hold: below 2⁴⁰.
    public static let maximumSeries: Int64 = 1 << 40
}

extension LineageCode: CustomStringConvertible, LosslessStringConvertible {
    /// The code as printed.
    public var description: String {
        switch self {
        case .observation(let series, let start, let revision):
            let day = UInt64(start.daysSince1970 + Self.dayOffset)
            let code = "O-" + Self.encode(UInt64(series) << Self.dayBits | day)
            return revision == 1 ? code : "\(code).\(revision)"
        case .target(let id): return "T-" + Self.encode(UInt64(id))
        case .finding(let id): return "F-" + Self.encode(UInt64(id))
        }
    }

    /// Reads a code as printed or as typed from paper.
    ///
    /// - Returns: `nil` when it is no lineage code or its check symbol is wrong.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].count > 3 else { return nil }
        let body = parts[0].dropFirst(2)
        guard parts[0].dropFirst().first == "-", let number = Self.decode(body) else { return nil }
        var revision = 1
        if parts.count == 2 {
            guard let stated = Int(parts[1]), stated > 1, parts[0].first?.uppercased() == "O" else { return nil }
            revision = stated
        }
        switch parts[0].first?.uppercased() {
        case "O":
            let day = Int(number & (1 << Self.dayBits - 1)) - Self.dayOffset
            let start = CivilDate(daysSince1970: day)
            self = .observation(series: Int64(number >> Self.dayBits), start: start, revision: revision)
        case "T": self = .target(id: Int64(number))
        case "F": self = .finding(id: Int64(number))
        default: return nil
        }
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static func encode(_ number: UInt64) -> String {
        var digits: [Character] = []
        var rest = number
        repeat {
            digits.append(alphabet[Int(rest % 32)])
            rest /= 32
        } while rest > 0
        return String(digits.reversed()) + String(alphabet[Int(number % 31)])
    }

    private static func decode(_ text: Substring) -> UInt64? {
        guard (2...14).contains(text.count) else { return nil }
        var number: UInt64 = 0
        for character in text.dropLast() {
            guard let digit = digit(character), number < 1 << 58 else { return nil }
            number = number * 32 + digit
        }
        guard let check = text.last.flatMap(digit), check == number % 31, number < 1 << 62 else { return nil }
        return number
    }

    private static func digit(_ character: Character) -> UInt64? {
        switch character.uppercased() {
        case "O": 0
        case "I", "L": 1
        case let upper: alphabet.firstIndex(of: Character(upper)).map(UInt64.init)
        }
    }
}
