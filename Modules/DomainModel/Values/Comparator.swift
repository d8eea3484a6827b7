/// How a stated number bounds the true one: `3100以上` is "at least 3100".
public enum Comparator: String, Sendable, Codable, CaseIterable {
    /// The number itself.
    case equal = "="
    /// At least: 以上, 不少于, 超过, 力争.
    case atLeast = ">="
    /// More than.
    case moreThan = ">"
    /// At most: 以内, 以下, 不超过.
    case atMost = "<="
    /// Less than.
    case lessThan = "<"
    /// About: 左右, 约.
    case about = "~"
}
