/// How far two names are from one another.
enum NameDistance {
    /// Whether a typing error or an abbreviation may be between them.
    ///
    /// Up to three characters, as most Chinese names of persons have: never, since one other character is another
    /// name. Longer ones: an edit each six characters, or one is the beginning of the other.
    static func isNear(_ one: String, _ other: String) -> Bool {
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        guard short.count > 3 else { return false }
        if long.hasPrefix(short) { return true }
        return edits(one, other, limit: max(1, long.count / 6)) != nil
    }

    /// The fewest insertions, deletions, replacements and exchanges of neighbours; `nil` beyond the limit.
    ///
    /// Optimal string alignment; O(length × limit).
    static func edits(_ one: String, _ other: String, limit: Int) -> Int? {
        let a = Array(one)
        let b = Array(other)
        guard abs(a.count - b.count) <= limit else { return nil }
        let far = limit + 1
        var before = [Int](repeating: far, count: b.count + 1)
        var last = (0...b.count).map { min($0, far) }
        for i in 1..<(a.count + 1) {
            var row = [Int](repeating: far, count: b.count + 1)
            row[0] = min(i, far)
            let from = max(1, i - limit)
            let to = min(b.count, i + limit)
            if from <= to {
                for j in from...to {
                    var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                    if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                    row[j] = min(cost, far)
                }
            }
            (before, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}
