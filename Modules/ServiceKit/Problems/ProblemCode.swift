public import DomainModel

/// A kind of problem that a service tells its callers: stable code, status, title and hint in both languages.
///
/// The shared ones stand in `ProblemCatalogue.swift`. A plugin adds its own in
/// one file of its folder, as `extension ProblemCode`. A code is never
/// renamed and never given another meaning; one that is no longer used stays
/// listed.
public struct ProblemCode: Sendable, Hashable {
    /// The code, in capitals and underscores: `NOT_FOUND`.
    public let id: String
    /// The HTTP status, 400…599.
    public let status: Int
    /// What kind of thing went wrong; never holds a value of the request.
    public let title: LocalizedText
    /// How to mend it in general; empty when the caller can do nothing.
    public let hint: LocalizedText

    /// Makes a kind of problem.
    ///
    /// - Precondition: `status` is 400…599; `id` is made of `A–Z 0–9 _`.
    public init(_ id: String, _ status: Int, en: String, zh: String, hint: String = "", hintZh: String = "") {
        precondition((400...599).contains(status), "\(id): the status of a problem is 400…599")
        self.id = id
        self.status = status
        self.title = LocalizedText(zh: zh, en: en)
        self.hint = LocalizedText(zh: hintZh, en: hint)
    }

    /// The `type` member of RFC 9457: the code as a URN.
    public var type: String { "urn:ceyuan:problem:\(id)" }

    /// Whether the codes are the same; texts may be mended without making another kind.
    public static func == (left: ProblemCode, right: ProblemCode) -> Bool { left.id == right.id }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
