/// The names that a misspelt one is most likely meant for, the likeliest first.
///
/// A name is likely when it takes few insertions, deletions, replacements and swaps of neighbours to reach it: at most
/// a third of the given text, and two at least. Upper and lower case are the same.
///
/// Cost: given length × name length for each name that is not much longer or shorter; given texts over 64 characters
/// have no nearest.
///
/// Source: optimal string alignment distance; F. J. Damerau, "A technique for computer detection and correction of
/// spelling errors", CACM 7 (1964) 171–176.
///
/// - Parameters:
///   - given: What was written.
///   - names: What is allowed.
///   - limit: The most names to give.
/// - Returns: Names, at most `limit`.
public func nearestNames(to given: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
    let wanted = Array(given.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return [] }
    let allowed = max(2, wanted.count / 3)
    var found: [(distance: Int, name: String)] = []
    for name in names {
        let scalars = Array(name.lowercased().unicodeScalars)
        guard abs(scalars.count - wanted.count) <= allowed else { continue }
        let distance = alignmentDistance(wanted, scalars)
        // A distance as long as the text itself is no likeness.
        if distance <= allowed, distance < wanted.count { found.append((distance, name)) }
    }
    found.sort { $0.distance == $1.distance ? $0.name < $1.name : $0.distance < $1.distance }
    return found.prefix(limit).map(\.name)
}

private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i]
        row.reserveCapacity(b.count + 1)
        for j in stride(from: 1, through: b.count, by: 1) {
            let cost = a[i - 1] == b[j - 1] ? 0 : 1
            var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
            row.append(best)
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
