/// What a plugin says about itself; served at `/v1/about`.
public struct PluginManifest: Sendable, Hashable, Codable {
    /// A short lower-case name, unique in a host: the scope of its configuration and the prefix of its job kinds.
    public let name: String
    /// The version (semantic versioning).
    public let version: String
    /// What it is for, in one line.
    public let summary: String
    /// The permissions that it defines, for its own routes and those of others.
    public let permissions: [Permission]

    /// Makes a manifest.
    ///
    /// - Precondition: `name` is made of `a–z`, digits and hyphens.
    public init(name: String, version: String, summary: String, permissions: [Permission] = []) {
        let isName =
            !name.isEmpty && name.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
        precondition(isName, "\(name) is no name of a plugin: lower-case letters, digits and hyphens")
        self.name = name
        self.version = version
        self.summary = summary
        self.permissions = permissions
    }
}
