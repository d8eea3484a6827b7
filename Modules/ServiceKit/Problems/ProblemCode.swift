public import DomainModel

/// A kind of problem that a service tells its callers: stable code, status, title and hint in both languages.
///
/// The shared ones stand in `ProblemCatalogue.swift`. A plugin adds its own in
/// one file of its folder, as `extension ProblemCode`, and names them in the
/// declarations of its routes; `docs/errors.md` is made from those. A code is
/// never renamed and never given another meaning.
public struct ProblemCode: Sendable, Hashable {
    /// The code, in capitals and underscores: `NOT_FOUND`.
    public let id: String
    /// The HTTP status: 400…599, or 308 where what is asked for stands elsewhere.
    public let status: Int
    /// What kind of thing went wrong; never holds a value of the request.
    public let title: LocalizedText
    /// How to mend it in general; empty when the caller can do nothing.
    public let hint: LocalizedText
    /// When it happens, for the documentation.
    public let cause: LocalizedText
    /// The `detail` of one occurrence, for the documentation.
    public let example: LocalizedText

    /// Makes a kind of problem.
    ///
    /// - Parameters:
    ///   - id: The code, made of `A–Z 0–9 _`.
    ///   - status: The HTTP status, 400…599, or 308 with the header field `Location`.
    ///   - en: The title in English.
    ///   - zh: The title in Chinese.
    ///   - hint: How to mend it in general, in English.
    ///   - hintZh: The same in Chinese.
    ///   - cause: When it happens, in a sentence.
    ///   - example: The `detail` of one occurrence.
    public init(
        _ id: String,
        _ status: Int,
        en: String,
        zh: String,
        hint: String = "",
        hintZh: String = "",
        cause: LocalizedText = LocalizedText(zh: "", en: ""),
        example: LocalizedText = LocalizedText(zh: "", en: "")
    ) {
        precondition(status == 308 || (400...599).contains(status), "\(id): the status of a problem is 400…599 or 308")
        self.id = id
        self.status = status
        self.title = LocalizedText(zh: zh, en: en)
        self.hint = LocalizedText(zh: hintZh, en: hint)
        self.cause = cause
        self.example = example
    }

    /// The `type` member of RFC 9457: where this very service explains the code.
    public var type: String { "/v1/problems/\(id)" }

    /// Whether the codes are the same; texts may be mended without making another kind.
    public static func == (left: ProblemCode, right: ProblemCode) -> Bool { left.id == right.id }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
