/// A key of the configuration: what `--help` says of it, and what a misspelt one is told from.
public struct Setting: Sendable, Hashable {
    /// The key, dots between its parts; that of a plugin stands below the plugin's name.
    public let key: String
    /// What holds where the key is absent, in words where it depends.
    public let fallback: String
    /// What it is for, with the range of its values.
    public let meaning: String
    /// Whether its value is printed nowhere.
    public let isSecret: Bool

    /// Declares a key.
    public init(_ key: String, default fallback: String, _ meaning: String, isSecret: Bool = false) {
        self.key = key
        self.fallback = fallback
        self.meaning = meaning
        self.isSecret = isSecret
    }

    /// The same key below a name.
    func below(_ name: String) -> Setting { Setting("\(name).\(key)", default: fallback, meaning, isSecret: isSecret) }

    /// The variable of the environment that holds it: `a.bC` is `CEYUAN_A_B_C`.
    var variable: String {
        var text = "CEYUAN_"
        for character in key {
            if character == "." {
                text += "_"
            } else {
                text += character.isUppercase ? "_\(character)" : character.uppercased()
            }
        }
        return text
    }
}

/// A text that is shown to nobody: what a description, a log line or a dump of it says is that it is there.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text.
    public let text: String

    /// Hides a text.
    public init(_ text: String) { self.text = text }

    /// What stands in place of the text.
    public static let placeholder = "not shown"

    /// ``placeholder``.
    public var description: String { Self.placeholder }
    /// ``placeholder``.
    public var debugDescription: String { Self.placeholder }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
