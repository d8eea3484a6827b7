/// Names of types as the document has them.
enum TypeName {
    /// `DomainModel.Finding.Evidence` is `FindingEvidence`, `DomainModel.Page<DomainModel.Region>` is `RegionPage`.
    ///
    /// - Parameter reflected: `String(reflecting:)` of the type.
    /// - Returns: A name without dots and brackets.
    static func component(_ reflected: String) -> String {
        guard let open = reflected.firstIndex(of: "<"), reflected.hasSuffix(">") else { return plain(reflected) }
        let inner = reflected[reflected.index(after: open)...].dropLast()
        return arguments(inner).map { component(String($0)) }.joined() + plain(String(reflected[..<open]))
    }

    private static func plain(_ name: String) -> String {
        var text = name
        // Types of a function or file: `Tests.(unknown context at $10a).Order`.
        while let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") {
            text.removeSubrange(open...close)
        }
        return text.split(separator: ".").dropFirst().joined()
    }

    /// The parts between the commas that are in no inner brackets.
    private static func arguments(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var depth = 0
        var start = text.startIndex
        for index in text.indices {
            switch text[index] {
            case "<": depth += 1
            case ">": depth -= 1
            case "," where depth == 0:
                parts.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        return (parts + [text[start...]]).map { $0.first == " " ? $0.dropFirst() : $0 }
    }
}
