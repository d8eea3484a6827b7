/// A set of permissions with a name.
public struct Role: Sendable, Hashable, Codable {
    /// The code: `data_steward`.
    public let code: String
    /// What people call it.
    public let name: LocalizedText
    /// The permissions, in order; `*` stands for all.
    public let permissions: [String]
    /// Whether it comes with the platform and cannot be changed.
    public let isBuiltin: Bool

    /// Makes a role of its parts.
    public init(code: String, name: LocalizedText, permissions: [String], isBuiltin: Bool) {
        self.code = code
        self.name = name
        self.permissions = permissions
        self.isBuiltin = isBuiltin
    }
}

/// A role to be made.
public struct NewRole: Sendable, Hashable, Codable {
    /// The code.
    public let code: String
    /// What people call it.
    public let name: LocalizedText
    /// The permissions by name.
    public let permissions: [String]

    /// Makes an order of its parts.
    public init(code: String, name: LocalizedText, permissions: [String]) {
        self.code = code
        self.name = name
        self.permissions = permissions
    }
}
