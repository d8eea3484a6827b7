/// Whether data about a person may be used for a purpose at an instant, and on which ground.
public struct ConsentAnswer: Sendable, Hashable, Codable {
    /// Why not.
    public enum Lack: String, Sendable, Codable, CaseIterable {
        /// The ledger has nothing about the purpose.
        case unknown
        /// It begins later.
        case notYet = "not_yet"
        /// It was taken back, or has ended.
        case ended
        /// It is about other fields.
        case scope
        /// The person has agreed, but not to this use alone, as a sensitive field needs.
        case form
    }

    /// The key of the record of the person.
    public let subject: String
    /// What for.
    public let purpose: String
    /// When.
    public let at: Instant
    /// The field that was asked about.
    public let field: String?
    /// Whether it may be used.
    public let isCovered: Bool
    /// Every ground that covers it, the newest first.
    public let grounds: [Consent]
    /// What is lacking, of the line that comes nearest.
    public let lack: Lack?

    /// Makes an answer of its parts.
    public init(
        subject: String,
        purpose: String,
        at: Instant,
        field: String?,
        grounds: [Consent],
        lack: Lack?
    ) {
        self.subject = subject
        self.purpose = purpose
        self.at = at
        self.field = field
        self.isCovered = !grounds.isEmpty
        self.grounds = grounds
        self.lack = lack
    }

    /// Answers by the ledger.
    ///
    /// A consent covers a sensitive field when it is separate or written. Source: Personal Information Protection Law,
    /// art. 29. Other grounds need no consent: art. 13, last paragraph.
    ///
    /// - Parameters:
    ///   - consents: The lines about the person and the purpose, in any order.
    ///   - subject: The key of the record of the person.
    ///   - purpose: What for.
    ///   - instant: When.
    ///   - field: One field; `nil` asks about the whole record.
    ///   - isSensitive: Whether the field is sensitive.
    public init(
        by consents: [Consent],
        of subject: String,
        for purpose: String,
        at instant: Instant,
        field: String? = nil,
        isSensitive: Bool = false
    ) {
        let about = consents.filter { $0.subject == subject && $0.ground.purpose == purpose }
        let holding = about.filter { $0.holds(at: instant) }
        let inScope = holding.filter { consent in
            consent.ground.fields.isEmpty || field.map(consent.ground.fields.contains) == true
        }
        let covering = inScope.filter { consent in
            !isSensitive || consent.ground.basis != .consent || consent.ground.form != .general
        }
        let lack: Lack? =
            if !covering.isEmpty {
                nil
            } else if !inScope.isEmpty {
                .form
            } else if !holding.isEmpty {
                .scope
            } else if about.contains(where: { $0.ground.givenAt <= instant }) {
                .ended
            } else if !about.isEmpty {
                .notYet
            } else {
                .unknown
            }
        self.init(
            subject: subject,
            purpose: purpose,
            at: instant,
            field: field,
            grounds: covering.sorted { ($0.ground.givenAt, $0.number) > ($1.ground.givenAt, $1.number) },
            lack: lack
        )
    }
}
