public import DomainModel
import FoundationEssentials

/// An error as a service tells it: RFC 9457 problem details with the platform's extension members.
///
/// Source: RFC 9457 §3 (members) and §3.2 (extension members).
public struct ProblemDetails: Sendable, Decodable {
    /// The kind of problem as a URI; ``code`` says the same in short.
    public let type: String
    /// The status code of the answer.
    public let status: Int
    /// The stable code, such as `NOT_FOUND`: what a program should look at.
    public let code: String
    /// What kind of thing went wrong.
    public let title: LocalizedText
    /// What went wrong this time.
    public let detail: LocalizedText
    /// How to mend it; empty when there is nothing that the caller can do.
    public let hint: LocalizedText
    /// The path of the request.
    public let instance: String?
    /// The request id, which stands in the service's log.
    public let requestID: String?
    /// The whole body, for ``member(_:as:)``.
    let body: [UInt8]

    /// A member that only this kind of problem has, such as `receipt` of a refused file.
    ///
    /// - Returns: `nil` when the member is absent or is not a `Value`.
    public func member<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        let decoder = JSONDecoder()
        decoder.userInfo[MemberOf<Value>.key] = name
        return try? decoder.decode(MemberOf<Value>.self, from: Data(body)).value
    }

    /// Reads the details from the body of an answer, or from the status alone when the body lacks them.
    init(body: [UInt8], status: Int) throws {
        let wire = try JSONDecoder().decode(Wire.self, from: Data(body))
        self.init(wire: wire, body: body, status: status)
    }

    /// Decodes the standard members; ``member(_:as:)`` finds nothing in a value made this way.
    public init(from decoder: any Decoder) throws {
        self.init(wire: try Wire(from: decoder), body: [], status: 0)
    }

    private init(wire: Wire, body: [UInt8], status: Int) {
        func text(_ plain: String?, _ en: String?, _ zh: String?) -> LocalizedText {
            LocalizedText(zh: zh ?? plain ?? "", en: en ?? plain ?? "")
        }
        type = wire.type ?? "about:blank"
        self.status = wire.status ?? status
        code = wire.code ?? "HTTP_\(wire.status ?? status)"
        title = text(wire.title, wire.title_en, wire.title_zh)
        detail = text(wire.detail, wire.detail_en, wire.detail_zh)
        hint = text(wire.hint, wire.hint_en, wire.hint_zh)
        instance = wire.instance
        requestID = wire.requestId
        self.body = body
    }

    /// The members as they are spelled on the wire.
    private struct Wire: Decodable {
        var type: String?
        var status: Int?
        var code: String?
        var title: String?
        var title_en: String?
        var title_zh: String?
        var detail: String?
        var detail_en: String?
        var detail_zh: String?
        var hint: String?
        var hint_en: String?
        var hint_zh: String?
        var instance: String?
        var requestId: String?
    }
}

/// One member of a JSON object, by a name that is known at run time only.
private struct MemberOf<Value: Decodable>: Decodable {
    static var key: CodingUserInfoKey { CodingUserInfoKey(rawValue: "ceyuan.member")! }

    struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let value: Value

    init(from decoder: any Decoder) throws {
        let name = decoder.userInfo[Self.key] as? String ?? ""
        value = try decoder.container(keyedBy: Name.self).decode(Value.self, forKey: Name(stringValue: name))
    }
}
