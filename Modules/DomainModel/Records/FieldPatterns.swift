import Synchronization

/// The patterns of fields, each compiled once: to compile one takes longer than to check hundreds of values.
enum FieldPatterns {
    private static let compiled = Mutex<[String: Regex<AnyRegexOutput>?]>([:])
    /// Patterns are few; should somebody declare thousands, they are compiled anew now and then.
    private static let limit = 1_000

    /// Whether a whole text matches a pattern; one that is no pattern takes anything.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        compiled.withLock { known in
            let expression: Regex<AnyRegexOutput>?
            if let found = known[pattern] {
                expression = found
            } else {
                expression = try? Regex(pattern)
                if known.count >= limit { known.removeAll() }
                known[pattern] = .some(expression)
            }
            return expression.map { text.wholeMatch(of: $0) != nil } ?? true
        }
    }
}
