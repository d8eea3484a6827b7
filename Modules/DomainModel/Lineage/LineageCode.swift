/// The short code beside a figure that leads back to where it came from (溯源码).
///
/// `O-1GPG4GJ` is an observation, `O-1GPG4GJ.2` its second revision, `T-8K4` a target, `F-3WJ` a finding. The code
/// holds the key itself, so no table of codes is needed. Symbols are those of Crockford's base 32, which leaves out
/// I, L, O and U; reading takes lower case, and I, L, O for 1, 1, 0. The last symbol before the revision is a check: it
/// finds any single wrong character, the letter in front included, and any swap of two symbols. The revision itself is
/// not covered.
///
/// Source: D. Crockford, "Base 32", https://www.crockford.com/base32.html, for the symbols; the check is a
/// Reed–Solomon code with one check symbol over the field of 32 elements, x⁵ + x² + 1 (I. S. Reed, G. Solomon,
/// "Polynomial codes over certain finite fields", J. SIAM 8 (1960) 300–304).
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
            let code = "O-" + Self.encode(UInt64(series) << Self.dayBits | day, of: "O")
            return revision == 1 ? code : "\(code).\(revision)"
        case .target(let id): return "T-" + Self.encode(UInt64(id), of: "T")
        case .finding(let id): return "F-" + Self.encode(UInt64(id), of: "F")
        }
    }

    /// Reads a code as printed or as typed from paper.
    ///
    /// - Returns: `nil` when it is no lineage code or its check symbol is wrong.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].count > 3 else { return nil }
        let body = parts[0].dropFirst(2)
        let kind = parts[0].first?.uppercased() ?? ""
        guard parts[0].dropFirst().first == "-", let number = Self.decode(body, of: kind) else { return nil }
        var revision = 1
        if parts.count == 2 {
            guard let stated = Int(parts[1]), stated > 1, String(stated) == parts[1], kind == "O" else { return nil }
            revision = stated
        }
        switch kind {
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

    private static func encode(_ number: UInt64, of kind: String) -> String {
        var digits: [UInt64] = []
        var rest = number
        repeat {
            digits.append(rest % 32)
            rest /= 32
        } while rest > 0
        digits.reverse()
        return String((digits + [check(digits, of: kind)]).map { alphabet[Int($0)] })
    }

    private static func decode(_ text: Substring, of kind: String) -> UInt64? {
        let symbols = text.compactMap(digit)
        guard (2...14).contains(symbols.count), symbols.count == text.count else { return nil }
        let digits = symbols.dropLast()
        guard check(digits, of: kind) == symbols.last else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard number < 1 << 58 else { return nil }
            number = number * 32 + digit
        }
        return number < 1 << 62 ? number : nil
    }

    /// The symbols weighted with powers of a primitive element, so that every place has a weight of its own.
    private static func check(_ digits: some Sequence<UInt64>, of kind: String) -> UInt64 {
        var sum: UInt64 = 0
        for digit in digits { sum = timesPrimitive(sum) ^ digit }
        let kinds: [String: UInt64] = ["O": 1, "T": 2, "F": 3]
        return timesPrimitive(sum) ^ kinds[kind, default: 0]
    }

    /// Multiplies by x modulo x⁵ + x² + 1.
    private static func timesPrimitive(_ element: UInt64) -> UInt64 {
        let shifted = element << 1
        return shifted & 32 == 0 ? shifted : shifted ^ 0b10_0101
    }

    private static func digit(_ character: Character) -> UInt64? {
        switch character.uppercased() {
        case "O": 0
        case "I", "L": 1
        case let upper: alphabet.firstIndex(of: Character(upper)).map(UInt64.init)
        }
    }
}
