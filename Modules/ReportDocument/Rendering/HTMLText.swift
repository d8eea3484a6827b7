/// Text made safe to stand in HTML.
enum HTMLText {
    /// The text with the characters replaced that could open a tag, an entity or end an attribute.
    static func escape(_ text: String) -> String {
        PlainText.clean(text).reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
    }

    /// A name for an `id`, of letters, digits, points and hyphens.
    static func identifier(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" })
    }
}
