public import AuditTrail

/// What a plugin says of one thing that it has done; time, chain and hash come by themselves.
///
///     work.record(
///         AuditEntry("edition.create", of: "\(id)", details: ["bytes": .count(bytes)])
///     )
public struct AuditEntry: Sendable {
    /// What was done: the kind of thing, a dot, and a verb.
    public let action: String
    /// The key of the thing that it was done to.
    public let key: String
    /// Digest of the subject before.
    public var before: AuditDigest?
    /// Digest of the subject after.
    public var after: AuditDigest?
    /// What else is worth knowing: counts, digests, changed fields.
    public var details: [String: AuditField]
    /// Why, where somebody has said it.
    public var reason: String?

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - action: The kind of thing, a dot, and a verb: `batch.commit`.
    ///   - key: What tells the thing from others of its kind.
    ///   - before: Digest of the thing before.
    ///   - after: Digest of the thing after.
    ///   - details: What else is worth knowing.
    ///   - reason: Why, where somebody has said it.
    /// - Precondition: `action` is made of lower-case words with dots between them.
    public init(
        _ action: String,
        of key: String,
        before: AuditDigest? = nil,
        after: AuditDigest? = nil,
        details: [String: AuditField] = [:],
        reason: String? = nil
    ) {
        let words = action.split(separator: ".", omittingEmptySubsequences: false)
        let isAction = words.count > 1 && words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(Self.isPartOfAction) }
        precondition(isAction, "\(action) is no action: lower-case words with dots between them")
        self.action = action
        self.key = key
        self.before = before
        self.after = after
        self.details = details
        self.reason = reason
    }

    /// The thing: its kind is the first word of the action.
    var subject: AuditSubject { AuditSubject(String(action.prefix { $0 != "." }), key) }

    private static func isPartOfAction(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
    }
}

/// One detail of an entry.
public struct AuditField: Sendable {
    enum Content: Sendable {
        case clear(CanonicalValue)
        case personal(String)
    }

    let content: Content

    /// A value that everybody who may read the trail may read.
    public static func clear(_ value: CanonicalValue) -> AuditField { AuditField(content: .clear(value)) }
    /// A text that everybody who may read the trail may read.
    public static func text(_ text: String) -> AuditField { .clear(.text(text)) }
    /// A number.
    public static func count(_ value: some BinaryInteger) -> AuditField { .clear(.count(Int64(value))) }
    /// A personal value: the trail keeps a keyed hash of it, which tells whether two values are the same and no more.
    public static func personal(_ value: String) -> AuditField { AuditField(content: .personal(value)) }

    /// What stands in the trail.
    ///
    /// - Throws: ``AuditError/keyMissing(field:)``
    func value(named name: String, key: AuditKey?) throws(AuditError) -> CanonicalValue {
        switch content {
        case .clear(let value): return value
        case .personal(let value):
            guard let key else { throw AuditError.keyMissing(field: name) }
            return ["hmac_sha256": .text(key.hide(value, of: name).description)]
        }
    }
}

/// A mistake of a plugin, or of the configuration, that would leave a gap in the audit trail. The transaction rolls back.
public enum AuditError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A write is about to commit and has recorded nothing.
    case nothingRecorded(activity: String)
    /// A write has recorded something, and said that it changes nothing.
    case contradiction(activity: String)
    /// A personal value is to be recorded, and there is no key to hide it with.
    case keyMissing(field: String)
    /// Personal data are to be read for no purpose.
    case purposeMissing(activity: String)

    /// What is wrong and how to mend it, for the log.
    public var description: String {
        switch self {
        case .nothingRecorded(let activity):
            "the write of \(activity) recorded no audit event and was rolled back: call record(_:) or changesNothing()"
        case .contradiction(let activity):
            "the write of \(activity) recorded audit events and said that it changes nothing; it was rolled back"
        case .keyMissing(let field):
            "the personal field \(field) cannot stand in the audit trail without a key: set audit.keyFile"
        case .purposeMissing(let activity):
            "\(activity) reads personal data without saying for what purpose"
        }
    }
}
