/// Where links may lead.
enum LinkTarget {
    /// Whether an address is a place in the document or an address of the web; no scripts and no files.
    static func isSafe(_ address: String) -> Bool {
        address.hasPrefix("#") || address.hasPrefix("https://") || address.hasPrefix("http://")
    }

    /// The address with everything percent-encoded that could end it early.
    static func encode(_ address: String) -> String {
        PlainText.clean(address).reduce(into: "") { result, character in
            switch character {
            case "<": result += "%3C"
            case ">": result += "%3E"
            case "\"": result += "%22"
            case " ": result += "%20"
            case "\\": result += "%5C"
            default: result.append(character)
            }
        }
    }
}
