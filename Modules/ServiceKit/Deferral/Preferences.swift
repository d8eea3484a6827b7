import HTTPTypes

extension HTTPField.Name {
    /// `Prefer`. Source: RFC 7240 §2.
    static let prefer = HTTPField.Name("Prefer")!
    /// `Preference-Applied`. Source: RFC 7240 §3.
    static let preferenceApplied = HTTPField.Name("Preference-Applied")!
}

/// What a sender would like, as far as the platform knows it. Source: RFC 7240.
struct Preferences: Sendable, Hashable {
    /// Whether the sender would rather be answered at once with the address of what is done later (§4.1).
    let respondsAsync: Bool

    /// Reads all `Prefer` fields; what is unknown or malformed is as if it were not there (§2).
    init(_ headers: HTTPFields) {
        respondsAsync = headers[values: .prefer].contains { field in
            Self.parts(of: field, at: ",").contains { preference in
                let word = Self.parts(of: preference, at: ";").first ?? ""
                let pair = Self.parts(of: word, at: "=").map(Self.trimmed)
                // An empty value is as good as none.
                return pair.first?.lowercased() == "respond-async"
                    && (pair.count == 1 || (pair.count == 2 && (pair[1].isEmpty || pair[1] == #""""#)))
            }
        }
    }

    /// Splits a text at a separator, but not inside of quotes.
    private static func parts(of text: some StringProtocol, at separator: Character) -> [String] {
        var parts = [""]
        var (isQuoted, isEscaped) = (false, false)
        for character in text {
            if character == separator, !isQuoted {
                parts.append("")
                continue
            }
            parts[parts.count - 1].append(character)
            if isEscaped {
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            }
        }
        return parts
    }

    private static func trimmed(_ text: String) -> String {
        let head = text.drop { $0 == " " || $0 == "\t" }
        return String(head.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
