/// The query of a request: names and values in order, escaped when they are sent.
///
/// Written as a dictionary literal; a name may stand more than once, and a
/// `nil` value leaves the name out, so that optional filters need no `if`:
///
///     ["indicator": code, "asOf": instant?.description, "limit": "100"]
public struct Query: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The pairs, unescaped, in the order in which they are sent.
    public private(set) var items: [Item] = []

    /// One name with its value.
    public struct Item: Sendable, Hashable {
        /// The name, unescaped.
        public var name: String
        /// The value, unescaped.
        public var value: String
    }

    /// Makes an empty query.
    public init() {}

    /// Makes a query of the pairs whose value is not `nil`.
    public init(dictionaryLiteral elements: (String, String?)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// Appends a pair, or nothing when `value` is `nil`.
    public mutating func append(_ name: String, _ value: String?) {
        if let value { items.append(Item(name: name, value: value)) }
    }

    /// Replaces every value of `name` by one, or removes the name when `value` is `nil`.
    public mutating func set(_ name: String, _ value: String?) {
        items.removeAll { $0.name == name }
        append(name, value)
    }

    /// `?name=value&…`, percent-encoded; empty when there are no pairs.
    var encoded: String {
        if items.isEmpty { return "" }
        return "?"
            + items
            .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}

/// Percent-encoding of one component: everything but the unreserved characters.
///
/// Source: RFC 3986 §2.1 and §2.3.
public enum PercentEncoding {
    /// `text` as UTF-8 with every byte outside `A–Z a–z 0–9 - . _ ~` written as `%HH`.
    ///
    /// Use it for a code that becomes one segment of a path.
    public static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes.append(UInt8(ascii: "%"))
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
