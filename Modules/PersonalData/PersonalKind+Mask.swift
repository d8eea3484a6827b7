extension PersonalKind {
    /// The value as it is shown to who has stated no purpose.
    ///
    /// Enough to tell two people apart on the telephone, not enough to use: `110101********123X`, `138****5678`,
    /// `z***@example.com`. What is shorter than expected is hidden whole.
    ///
    /// Source: GB/T 35273-2020 §7.2 (display with de-identification).
    public func masked(_ value: String) -> String {
        let value = compared(value)
        switch self {
        case .residentNumber: return Self.hide(value, keeping: 6, 4, least: 15)
        case .travelDocument: return Self.hide(value, keeping: 1, 2, least: 7)
        case .telephone: return Self.hide(value, keeping: 3, 4, least: 11)
        case .bankAccount: return Self.hide(value, keeping: 0, 4, least: 12)
        case .mail:
            guard let at = value.lastIndex(of: "@"), at > value.startIndex else { return Self.hidden }
            return "\(value.prefix(1))***\(value[at...])"
        case .address, .other: return Self.hidden
        }
    }

    /// What stands for a value of which nothing is shown; says nothing of its length.
    private static let hidden = "******"

    private static func hide(_ value: String, keeping first: Int, _ last: Int, least: Int) -> String {
        guard value.count >= least else { return hidden }
        let stars = String(repeating: "*", count: value.count - first - last)
        return value.prefix(first) + stars + value.suffix(last)
    }
}
