public import DomainModel

/// What a route asks of its caller: a right by name, which roles give and grants bind to regions.
///
/// A plugin declares its own in one file of its folder and lists them in its manifest; a host does not start with a
/// route whose permission no plugin lists:
///
///     extension Permission {
///         static let readGuests = Permission("guestbook.read", en: "Read greetings", zh: "查看留言")
///     }
public struct Permission: Sendable, Hashable, Codable {
    /// The name: the subject, a dot, what is done with it. Stable; roles are stored by it.
    public let id: String
    /// What it lets one do, for lists of roles.
    public let summary: LocalizedText

    /// Names a right.
    ///
    /// - Precondition: `id` is two words of `a–z` and underscores with a dot between them.
    public init(_ id: String, en: String, zh: String) {
        let words = id.split(separator: ".", omittingEmptySubsequences: false)
        let isName = words.count == 2 && words.allSatisfy { !$0.isEmpty && $0.allSatisfy(Self.isLetter) }
        precondition(isName, "\(id) is no name of a permission: two lower-case words with a dot between them")
        self.init(named: id, LocalizedText(zh: zh, en: en))
    }

    private init(named id: String, _ summary: LocalizedText) {
        self.id = id
        self.summary = summary
    }

    private static func isLetter(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || character == "_"
    }

    /// Asks nothing: the route answers anybody, and does not look at credentials.
    public static let `public` = Permission(named: "public", LocalizedText(zh: "任何人", en: "Anybody"))
    /// Asks only that the caller is known.
    public static let signedIn = Permission(named: "signed_in", LocalizedText(zh: "已登录者", en: "Anybody who is known"))

    /// Whether a role must give it, so that a plugin must list it.
    var isGranted: Bool { self != .public && self != .signedIn }

    /// Whether the names are the same; texts may be mended.
    public static func == (left: Permission, right: Permission) -> Bool { left.id == right.id }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
