/// An answer: status, header fields, and the body in the form that was asked for.
public struct HTTPReply<Body: Sendable>: Sendable {
    /// The status code, 100…599.
    public let status: Int
    /// The header fields in the order of the answer, names in lower case.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: Body

    /// The first value of a header field, or `nil`.
    ///
    /// - Parameter name: Name in any case, such as `Location`.
    public subscript(name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name == name }?.value
    }

    /// The media type without its parameters, in lower case, or an empty string.
    public var mediaType: String {
        let type = self["content-type"] ?? ""
        return type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }

    /// `Retry-After` in seconds, or `nil` when it is absent or a date.
    var retryAfter: Int? { self["retry-after"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// The same answer with another body.
    func with<Other: Sendable>(_ body: Other) -> HTTPReply<Other> {
        HTTPReply<Other>(status: status, headers: headers, body: body)
    }
}
