/// A line of the ledger of consents: on what ground data about a person may be used for a purpose, and since when.
///
/// The ledger holds all grounds, not consent alone, so that one question has one answer.
public struct Consent: Sendable, Hashable, Codable {
    /// What proves it.
    public struct Evidence: Sendable, Hashable, Codable {
        /// The document: its number or where it is kept.
        public let document: String
        /// SHA-256 of its bytes, in 64 small hexadecimal digits.
        public let sha256: String?

        /// Names a document.
        public init(document: String, sha256: String? = nil) {
            self.document = document
            self.sha256 = sha256
        }
    }

    /// The end of a ground: the person takes the consent back, or the contract or duty has ended.
    ///
    /// What was done before stays right. Source: Personal Information Protection Law, art. 15.
    public struct Withdrawal: Sendable, Hashable, Codable {
        /// From this instant on the ground holds no longer.
        public let at: Instant
        /// How it came.
        public let channel: ConsentChannel
        /// What proves it.
        public let evidence: Evidence?
        /// What else was said.
        public let note: String?
        /// When it was written down.
        public let recordedAt: Instant
        /// By whom.
        public let recordedBy: String

        /// Makes an end of its parts.
        public init(
            at: Instant,
            channel: ConsentChannel,
            evidence: Evidence?,
            note: String?,
            recordedAt: Instant,
            recordedBy: String
        ) {
            self.at = at
            self.channel = channel
            self.evidence = evidence
            self.note = note
            self.recordedAt = recordedAt
            self.recordedBy = recordedBy
        }
    }

    /// Its number.
    public let number: Int64
    /// The key of the record of the person.
    public let subject: String
    /// What the ground is.
    public let ground: ConsentGround
    /// When it was written down.
    public let recordedAt: Instant
    /// By whom.
    public let recordedBy: String
    /// Its end, if it has ended otherwise than by its own date.
    public let withdrawal: Withdrawal?

    /// Makes a line of its parts.
    public init(
        number: Int64,
        subject: String,
        ground: ConsentGround,
        recordedAt: Instant,
        recordedBy: String,
        withdrawal: Withdrawal?
    ) {
        self.number = number
        self.subject = subject
        self.ground = ground
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
        self.withdrawal = withdrawal
    }

    /// Whether the ground holds at an instant.
    public func holds(at instant: Instant) -> Bool {
        guard ground.givenAt <= instant else { return false }
        if let until = ground.until, until <= instant { return false }
        if let withdrawal, withdrawal.at <= instant { return false }
        return true
    }
}

/// What a line of the ledger says: the ground.
public struct ConsentGround: Sendable, Hashable, Codable {
    /// What for: a code such as `talent_service`.
    public let purpose: String
    /// On what ground.
    public let basis: ProcessingBasis
    /// How the person has agreed; for the ground `consent` alone.
    public let form: ConsentForm?
    /// Fields of the record that it is about; none stands for all.
    public let fields: [String]
    /// Since when it holds.
    public let givenAt: Instant
    /// When it ends by itself.
    public let until: Instant?
    /// How it came.
    public let channel: ConsentChannel
    /// What proves it.
    public let evidence: Consent.Evidence?
    /// What else was said.
    public let note: String?

    /// Makes a ground of its parts.
    public init(
        purpose: String,
        basis: ProcessingBasis,
        form: ConsentForm? = nil,
        fields: [String] = [],
        givenAt: Instant,
        until: Instant? = nil,
        channel: ConsentChannel,
        evidence: Consent.Evidence? = nil,
        note: String? = nil
    ) {
        self.purpose = purpose
        self.basis = basis
        self.form = form
        self.fields = fields
        self.givenAt = givenAt
        self.until = until
        self.channel = channel
        self.evidence = evidence
        self.note = note
    }

    /// The vocabulary of purposes: where the register has it, a purpose is one of its terms.
    public static let vocabulary = "processing_purpose"
}
