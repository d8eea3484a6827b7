/// How far two dates of birth, `1990-03-07`, are from one another.
enum BirthDistance {
    /// Whether one is likely the other with an error: one digit, day and month exchanged, or only the year is known
    /// (`1990`, or the first of January, which registers write for it) and agrees.
    static func isNear(_ one: String, _ other: String) -> Bool {
        let a = one.split(separator: "-")
        let b = other.split(separator: "-")
        guard let first = a.first, let second = b.first else { return false }
        if first == second, isYearOnly(a) || isYearOnly(b) { return true }
        guard a.count == 3, b.count == 3 else { return false }
        if first == second, a[1] == b[2], a[2] == b[1] { return true }
        return one.count == other.count && zip(one, other).count { $0 != $1 } == 1
    }

    private static func isYearOnly(_ parts: [Substring]) -> Bool {
        parts.count == 1 || (parts.count == 3 && parts[1] == "01" && parts[2] == "01")
    }
}
