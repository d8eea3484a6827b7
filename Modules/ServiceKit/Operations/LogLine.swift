import DomainModel

/// The bytes of a line of the log. There is a line for each request, so it is put together without texts in between.
struct LogLine {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(512) }

    /// Appends a text as it is.
    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends a text without control characters: nobody can forge a line of the log through a value.
    mutating func appendLine(_ text: String) {
        for byte in text.utf8 { bytes.append(byte < 32 || byte == 127 ? 32 : byte) }
    }

    /// Appends a value for people: in quotation marks if there is a space in it.
    mutating func appendValue(_ text: String) {
        let start = bytes.count
        appendLine(text)
        guard bytes[start...].contains(32) else { return }
        bytes.insert(UInt8(ascii: "\""), at: start)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a JSON string.
    mutating func appendQuoted(_ text: String) { JSONString.append(text, to: &bytes) }
}
