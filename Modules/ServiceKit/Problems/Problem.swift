public import DomainModel
public import HTTPTypes

/// An error that the caller is told: a kind, what happened this time, and how to mend it.
///
/// A handler throws it; the host renders it as RFC 9457 problem details in the
/// caller's language, with both languages beside.
///
///     throw Problem(.notFound, "No region has the code \(code).", zh: "没有代码为 \(code) 的区域。")
///     throw Problem(.bodyInvalid, "…", zh: "…").with("pointer", "/plan")
///
/// Texts are for people outside: no SQL, no file paths, no personal data.
public struct Problem: Error, Sendable {
    /// The kind.
    public let code: ProblemCode
    /// What happened this time.
    public let detail: LocalizedText
    /// How to mend it; the kind's own hint unless a better one is given.
    public var hint: LocalizedText
    /// Header fields of the answer, such as `Retry-After`.
    public var headers: HTTPFields = [:]
    /// Extension members beside the standard ones.
    public private(set) var members: [String: any Encodable & Sendable] = [:]
    /// What is logged beside the problem and never sent: the error behind a fault.
    var underlying: (any Error)?

    /// Makes a problem.
    ///
    /// - Parameters:
    ///   - code: The kind.
    ///   - detail: What happened this time, in English.
    ///   - zh: The same in Chinese.
    ///   - hint: How to mend it, if the kind's own hint is too general.
    public init(_ code: ProblemCode, _ detail: String, zh: String, hint: LocalizedText? = nil) {
        self.code = code
        self.detail = LocalizedText(zh: zh, en: detail)
        self.hint = hint ?? code.hint
    }

    /// The same problem with an extension member more (RFC 9457 §3.2).
    ///
    /// - Precondition: `name` is none of the standard members.
    public func with(_ name: String, _ value: some Encodable & Sendable) -> Problem {
        precondition(!ProblemBody.reserved.contains(name), "\(name) is a standard member of problem details")
        var copy = self
        copy.members[name] = value
        return copy
    }

    /// The same problem, asking the caller to wait before the next try.
    public func retry(afterSeconds seconds: Int) -> Problem {
        var copy = self
        copy.headers[.retryAfter] = String(seconds)
        return copy
    }

    /// A record that does not exist.
    ///
    /// - Parameters:
    ///   - kind: What was looked for, such as “region”.
    ///   - zh: The same in Chinese, such as “区域”.
    ///   - code: What the caller gave.
    /// - Returns: A problem of the kind `NOT_FOUND`.
    public static func notFound(_ kind: String, zh: String, _ code: some CustomStringConvertible) -> Problem {
        Problem(.notFound, "There is no \(kind) \(code).", zh: "没有\(zh) \(code)。")
    }
}
