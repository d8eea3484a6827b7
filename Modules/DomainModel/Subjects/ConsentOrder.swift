/// What somebody says to write a ground into the ledger of consents.
public struct ConsentOrder: Codable, Sendable {
    /// What for: a code.
    public let purpose: String
    /// On what ground.
    public let basis: ProcessingBasis
    /// How the person has agreed; `general` if absent. For the ground `consent` alone.
    public let form: ConsentForm?
    /// Fields that it is about; all if absent.
    public let fields: [String]?
    /// Since when it holds; now if absent.
    public let givenAt: Instant?
    /// When it ends by itself.
    public let until: Instant?
    /// How it came.
    public let channel: ConsentChannel
    /// What proves it.
    public let evidence: Consent.Evidence?
    /// What else was said.
    public let note: String?

    /// Makes an order of its parts.
    public init(
        purpose: String,
        basis: ProcessingBasis,
        form: ConsentForm? = nil,
        fields: [String]? = nil,
        givenAt: Instant? = nil,
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
}

/// What somebody says to end a ground.
public struct ConsentEnd: Codable, Sendable {
    /// From when on; now if absent.
    public let at: Instant?
    /// How it came.
    public let channel: ConsentChannel
    /// What proves it.
    public let evidence: Consent.Evidence?
    /// What else was said.
    public let note: String?

    /// Makes an order of its parts.
    public init(
        at: Instant? = nil,
        channel: ConsentChannel,
        evidence: Consent.Evidence? = nil,
        note: String? = nil
    ) {
        self.at = at
        self.channel = channel
        self.evidence = evidence
        self.note = note
    }
}
