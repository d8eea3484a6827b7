/// A piece of running text.
public enum Inline: Sendable, Hashable {
    /// Plain text.
    case text(String)
    /// Text that stands out.
    case strong(String)
    /// A number or a judgement that can be traced.
    case figure(Figure)
    /// A link to a place in the document (`#anchor`) or to an address of the web.
    case link(String, to: String)
    /// A code or a formula, set in a fixed width.
    case code(String)
    /// A remark in small print.
    case note(String)
    /// A new line in the same paragraph or cell.
    case lineBreak
}

/// What a figure says of its matter; renderers show it by colour and by a sign, so that it is also told in grey.
public enum Tone: String, Sendable, Codable, CaseIterable {
    /// As it should be.
    case good
    /// To be watched.
    case watch
    /// Not as it should be.
    case bad
    /// Not known.
    case open
}

/// A number or a judgement as it is shown, with the exact value and the way back to where it came from.
public struct Figure: Sendable, Hashable, Codable {
    /// What is shown: `3,051.61`, `已完成`.
    public let text: String
    /// The value in a machine's spelling: `3051.61`, `achieved`.
    public let value: String
    /// Lineage code: `ceyuan trace` leads from it to the source.
    public let lineage: String
    /// What it says of its matter; absent for plain numbers.
    public let tone: Tone?

    /// Makes a figure of its parts.
    public init(text: String, value: String, lineage: String, tone: Tone? = nil) {
        self.text = text
        self.value = value
        self.lineage = lineage
        self.tone = tone
    }
}

extension Inline: Codable {
    private enum Kind: String, CodingKey, CaseIterable {
        case text, strong, figure, link, code, note, lineBreak
    }

    private struct Link: Codable {
        let text: String
        let to: String
    }

    /// Decodes an object with one member, named after the kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        switch container.allKeys.first {
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .strong: self = .strong(try container.decode(String.self, forKey: .strong))
        case .figure: self = .figure(try container.decode(Figure.self, forKey: .figure))
        case .code: self = .code(try container.decode(String.self, forKey: .code))
        case .note: self = .note(try container.decode(String.self, forKey: .note))
        case .lineBreak: self = .lineBreak
        case .link:
            let link = try container.decode(Link.self, forKey: .link)
            self = .link(link.text, to: link.to)
        case nil:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "expected one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            )
        }
    }

    /// Encodes an object with one member, named after the kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .text(let text): try container.encode(text, forKey: .text)
        case .strong(let text): try container.encode(text, forKey: .strong)
        case .figure(let figure): try container.encode(figure, forKey: .figure)
        case .link(let text, let to): try container.encode(Link(text: text, to: to), forKey: .link)
        case .code(let text): try container.encode(text, forKey: .code)
        case .note(let text): try container.encode(text, forKey: .note)
        case .lineBreak: try container.encode(true, forKey: .lineBreak)
        }
    }
}
