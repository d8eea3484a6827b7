/// A part of a document that stands on its own lines.
public enum Block: Sendable, Hashable {
    /// A heading.
    case heading(Heading)
    /// A paragraph.
    case paragraph([Inline])
    /// A list of points.
    case list(List)
    /// A remark set apart.
    case callout(Callout)
    /// Counts set large, side by side.
    case tiles([Tile])
    /// A table.
    case table(Table)
    /// Small charts, side by side.
    case charts([Chart])
}

/// A heading.
public struct Heading: Sendable, Hashable, Codable {
    /// 2 for sections, 3 for their parts; 1 is the title of the document.
    public let level: Int
    /// The text.
    public let text: String
    /// The name that links lead to; unique in the document.
    public let anchor: String

    /// Makes a heading of its parts.
    public init(level: Int = 2, _ text: String, anchor: String) {
        self.level = level
        self.text = text
        self.anchor = anchor
    }
}

/// A list of points.
public struct List: Sendable, Hashable, Codable {
    /// Whether the points are numbered.
    public let isOrdered: Bool
    /// The points.
    public let items: [[Inline]]

    /// Makes a list of its points.
    public init(isOrdered: Bool = false, _ items: [[Inline]]) {
        self.isOrdered = isOrdered
        self.items = items
    }
}

/// A remark set apart.
public struct Callout: Sendable, Hashable, Codable {
    /// What it says of its matter.
    public let tone: Tone
    /// The remark.
    public let content: [Inline]

    /// Makes a remark of its parts.
    public init(_ tone: Tone, _ content: [Inline]) {
        self.tone = tone
        self.content = content
    }
}

/// A count set large.
public struct Tile: Sendable, Hashable, Codable {
    /// What is counted.
    public let label: String
    /// The count.
    public let value: String
    /// What to know beside it; empty when there is nothing.
    public let note: String
    /// What it says of its matter; absent for plain counts.
    public let tone: Tone?

    /// Makes a count of its parts.
    public init(label: String, value: String, note: String = "", tone: Tone? = nil) {
        self.label = label
        self.value = value
        self.note = note
        self.tone = tone
    }
}
