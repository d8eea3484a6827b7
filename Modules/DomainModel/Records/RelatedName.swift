/// What a record is called, for those that lead to it.
public struct RelatedName: Sendable, Hashable, Codable {
    /// Its key.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// Its Chinese name, else its foreign one; absent when nothing is believed of it at the moment.
    public let name: String?

    /// Makes a name of its parts.
    public init(key: String, kind: RegistryKind, name: String?) {
        self.key = key
        self.kind = kind
        self.name = name
    }
}
