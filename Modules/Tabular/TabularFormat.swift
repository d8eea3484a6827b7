/// How a table is written: its syntax and its encoding.
public struct TabularFormat: Sendable, Hashable {
    /// The syntax of a table.
    public enum Syntax: Sendable, Hashable {
        /// Values with a byte between them; `nil` finds out whether it is comma, semicolon or tab.
        case delimited(by: UInt8?)
        /// One JSON object a line.
        case ndjson
    }

    /// Why a media type cannot be read.
    public enum Unsupported: Error, Hashable {
        /// Not a type of tables.
        case mediaType(String)
        /// An encoding that is not supported.
        case charset(String)
    }

    /// The syntax.
    public let syntax: Syntax
    /// The declared encoding; `nil` to find out.
    public let encoding: TextEncoding?

    /// Makes a format of its parts.
    public init(syntax: Syntax, encoding: TextEncoding? = nil) {
        self.syntax = syntax
        self.encoding = encoding
    }

    /// Comma-separated values.
    public static let csv = TabularFormat(syntax: .delimited(by: UInt8(ascii: ",")))
    /// One JSON object a line.
    public static let ndjson = TabularFormat(syntax: .ndjson)

    /// Reads a `Content-Type`: `text/csv; charset=gb18030`.
    ///
    /// Types: `text/csv`, `text/tab-separated-values`, `application/x-ndjson`, `application/ndjson`, `application/jsonl`.
    ///
    /// - Throws: ``Unsupported`` for any other type and for unknown charsets.
    ///
    /// Source: RFC 9110 §8.3.1; RFC 7111 for `text/csv`.
    public init(contentType: String) throws(Unsupported) {
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
        switch parts[0].lowercased() {
        case "text/csv": syntax = .delimited(by: UInt8(ascii: ","))
        case "text/tab-separated-values": syntax = .delimited(by: UInt8(ascii: "\t"))
        case "application/x-ndjson", "application/ndjson", "application/jsonl": syntax = .ndjson
        default: throw .mediaType(String(parts[0]))
        }
        var encoding: TextEncoding?
        for parameter in parts.dropFirst() where parameter.lowercased().hasPrefix("charset=") {
            var name = parameter.dropFirst("charset=".count)
            if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
            guard let known = TextEncoding(charset: String(name)) else { throw .charset(String(name)) }
            encoding = known
        }
        self.encoding = encoding
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
