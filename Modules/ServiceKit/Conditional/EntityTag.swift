import Crypto
import DomainModel
public import NIOCore

/// Which version of a record or list an answer shows: a strong validator.
///
/// The tag of a JSON answer is made from its bytes, so that a handler gets the same one from the record itself:
///
///     try await platform.write(request.activity) { work in
///         let stored = try await store.findForUpdate(code)
///         try request.match(EntityTag(json: stored))
///         …
///     }
///
/// An answer that is sent compressed has the coding's name behind the tag, since its bytes are others; it stands for the
/// same version. Source: RFC 9110 §8.8.3.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotes.
    public let opaque: String

    /// Names a version: visible ASCII without quotes, such as a digest.
    public init(_ opaque: String) { self.opaque = opaque }

    /// The tag of these bytes: 128 bits of their SHA-256.
    public init(of bytes: ByteBuffer) {
        let digest = bytes.withUnsafeReadableBytes { SHA256.hash(data: $0) }
        self.init(Hexadecimal.text(of: digest, count: 16))
    }

    /// The tag of a value's JSON, as ``APIResponse/json(_:status:headers:)`` writes it.
    ///
    /// - Throws: `EncodingError` when the value has no JSON form.
    public init(json value: some Encodable) throws { self.init(of: try JSON.encode(value)) }

    /// The tag as it stands in `ETag`.
    public var description: String { "\"\(opaque)\"" }

    /// The tag of the same version under a content coding.
    func coded(_ coding: ContentCoding) -> EntityTag {
        coding == .identity ? self : EntityTag("\(opaque)-\(coding.rawValue)")
    }
}

/// The value of `If-Match` or `If-None-Match`. Source: RFC 9110 §13.1.
enum EntityTagList: Equatable {
    /// `*`: whatever there is.
    case any
    /// These versions, compared without regard to content codings.
    case tags([EntityTag], areWeak: [Bool])

    /// Reads a field's value; what is no tag is passed over, so that it matches nothing.
    init(_ value: some StringProtocol) {
        var rest = value.drop { $0 == " " || $0 == "\t" }
        if rest == "*" {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        var areWeak: [Bool] = []
        while let quote = rest.firstIndex(of: "\"") {
            let isWeak = rest[..<quote].hasSuffix("W/")
            let text = rest[rest.index(after: quote)...]
            guard let end = text.firstIndex(of: "\"") else { break }
            tags.append(EntityTag(Self.withoutCoding(text[..<end])))
            areWeak.append(isWeak)
            rest = value[text.index(after: end)...]
        }
        self = .tags(tags, areWeak: areWeak)
    }

    private static func withoutCoding(_ text: some StringProtocol) -> String {
        for coding in ContentCoding.allCases where coding != .identity && text.hasSuffix("-\(coding.rawValue)") {
            return String(text.dropLast(coding.rawValue.count + 1))
        }
        return String(text)
    }

    /// Whether one of them is the present version; weak ones count only in the weak comparison.
    func contains(_ current: EntityTag?, weakly: Bool) -> Bool {
        guard let current else { return false }
        switch self {
        case .any: return true
        case .tags(let tags, let areWeak):
            return zip(tags, areWeak).contains { $0 == current && (weakly || !$1) }
        }
    }
}
