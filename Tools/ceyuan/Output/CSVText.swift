import DomainModel

/// CSV that other programs read back exactly, and that no spreadsheet executes.
///
/// Source: RFC 4180 §2 (CRLF, quotes doubled inside quotes).
enum CSVText {
    /// One record with its line end.
    static func record(_ fields: [String]) -> String {
        fields.map { quoted(defused($0)) }.joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else { return field }
        // By bytes: Swift takes CR LF for one character, and a quote with a combining mark for another one.
        var bytes: [UInt8] = [0x22]
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The field with an apostrophe in front where a spreadsheet would take it for a formula.
    ///
    /// Plain numbers are left alone, and so is a lone comparator such as `=`, which cannot be a formula.
    ///
    /// Source: OWASP, "CSV Injection", for the leading characters.
    private static func defused(_ field: String) -> String {
        guard let first = field.unicodeScalars.first, field.unicodeScalars.count > 1 else { return field }
        switch first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠":
            return ExactDecimal(field) == nil ? "'" + field : field
        default:
            return field
        }
    }
}
