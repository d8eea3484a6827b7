/// Something that two people must want: one asks for it, another one approves, then the first may do it.
public struct Approval: Sendable, Hashable, Codable {
    /// What is asked for.
    public enum Action: String, Sendable, Codable, CaseIterable {
        /// To erase a person's record.
        case erasure
        /// To take personal data out of the register.
        case export
    }

    /// How far it has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Nobody has decided.
        case waiting
        /// A second person has approved; it may be done.
        case approved
        /// A second person has refused.
        case refused
        /// Who asked wants it no longer.
        case withdrawn
        /// Nobody decided, or nobody did it, in time.
        case expired
        /// It is done, and cannot be done again.
        case used
    }

    /// What a second person has said.
    public struct Decision: Sendable, Hashable, Codable {
        /// In whose name.
        public let by: String
        /// When.
        public let at: Instant
        /// Why.
        public let remark: String?

        /// Makes a decision of its parts.
        public init(by: String, at: Instant, remark: String?) {
            self.by = by
            self.at = at
            self.remark = remark
        }
    }

    /// Its number.
    public let number: Int64
    /// What is asked for.
    public let action: Action
    /// How far it has come.
    public let state: State
    /// The keys of the records that it is about: these and no others.
    public let records: [String]
    /// Why, or what for.
    public let reason: String
    /// What is taken out, of an export.
    public let export: ExportTerms?
    /// Who asks.
    public let requestedBy: String
    /// Since when.
    public let requestedAt: Instant
    /// Until when somebody may decide.
    public let waitsUntil: Instant
    /// What a second person has said.
    public let decision: Decision?
    /// Until when it may be done.
    public let usableUntil: Instant?
    /// When it was first done.
    public let usedAt: Instant?

    /// Makes an approval of its parts.
    public init(
        number: Int64,
        action: Action,
        state: State,
        records: [String],
        reason: String,
        export: ExportTerms?,
        requestedBy: String,
        requestedAt: Instant,
        waitsUntil: Instant,
        decision: Decision?,
        usableUntil: Instant?,
        usedAt: Instant?
    ) {
        self.number = number
        self.action = action
        self.state = state
        self.records = records
        self.reason = reason
        self.export = export
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.waitsUntil = waitsUntil
        self.decision = decision
        self.usableUntil = usableUntil
        self.usedAt = usedAt
    }

    /// For how long somebody may decide, in seconds: a week.
    public static let waitsFor: Int64 = 7 * 86_400
    /// For how long it may be done afterwards, in seconds: a day.
    public static let usableFor: Int64 = 86_400
    /// The most records of one approval, so that whoever approves can look at them.
    public static let maximumRecords = 1_000
}

/// What is taken out of the register, and who gets it.
///
/// Source of what must be known of it: Personal Information Protection Law, arts. 23 and 55.
public struct ExportTerms: Sendable, Hashable, Codable {
    /// How it is written.
    public enum Format: String, Sendable, Codable, CaseIterable {
        /// A line a record, with a header of codes.
        case csv
        /// A document a line.
        case ndjson
    }

    /// The purpose, as the ledger of consents names it.
    public let purpose: String
    /// Who gets it.
    public let recipient: String
    /// The kind of statement about the records that is taken out; absent where it is the records themselves.
    public let statements: String?
    /// The fields, in this order.
    public let fields: [String]
    /// How it is written.
    public let format: Format
    /// Of how many records the ledger has no ground for the purpose, when it was asked for.
    public let uncovered: Int

    /// Makes terms of their parts.
    public init(
        purpose: String,
        recipient: String,
        statements: String? = nil,
        fields: [String],
        format: Format,
        uncovered: Int
    ) {
        self.purpose = purpose
        self.recipient = recipient
        self.statements = statements
        self.fields = fields
        self.format = format
        self.uncovered = uncovered
    }
}
