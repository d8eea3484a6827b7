/// What a second person says.
public struct ApprovalRemark: Codable, Sendable {
    /// Why; a refusal must say it.
    public let remark: String?

    /// Makes a remark.
    public init(remark: String? = nil) { self.remark = remark }
}

/// What somebody says to ask for an export of personal data.
public struct ExportOrder: Codable, Sendable {
    /// The keys of the records; at most ``Approval/maximumRecords``.
    public let records: [String]
    /// The fields; all of the kind if absent.
    public let fields: [String]?
    /// The purpose, as the ledger of consents names it.
    public let purpose: String
    /// What for, in words.
    public let reason: String
    /// Who gets it.
    public let recipient: String
    /// How it is written; `csv` if absent.
    public let format: ExportTerms.Format?

    /// Makes an order of its parts.
    public init(
        records: [String],
        fields: [String]? = nil,
        purpose: String,
        reason: String,
        recipient: String,
        format: ExportTerms.Format? = nil
    ) {
        self.records = records
        self.fields = fields
        self.purpose = purpose
        self.reason = reason
        self.recipient = recipient
        self.format = format
    }
}
