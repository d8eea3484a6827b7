/// The order that a list is asked for in: by one of the names that it declares, `name` or `-name`.
public struct Sorting: Sendable, Hashable, LosslessStringConvertible {
    /// The name.
    public let key: String
    /// Whether the greatest comes first.
    public let isDescending: Bool

    /// Makes an order of its parts.
    public init(by key: String, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }

    /// Reads a name, with a minus before it for the other way round.
    public init?(_ text: String) {
        let key = text.first == "-" ? text.dropFirst() : text[...]
        guard !key.isEmpty else { return nil }
        self.init(by: String(key), isDescending: key.count < text.count)
    }

    /// As it is asked for.
    public var description: String { (isDescending ? "-" : "") + key }
}
