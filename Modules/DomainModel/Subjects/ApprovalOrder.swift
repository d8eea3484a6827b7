/// What a second person says.
public struct ApprovalRemark: Codable, Sendable {
    /// Why; a refusal must say it.
    public let remark: String?

    /// Makes a remark.
    public init(remark: String? = nil) { self.remark = remark }
}

/// What somebody says to ask for an export of personal data.
public struct ExportOrder: Codable, Sendable {
    /// The keys of the records; at most ``Approval/maximumRecords``. This, a filter or a list: one of the three.
    public let records: [String]?
    /// Which records, as a list is asked for them now.
    public let filter: SavedListOrder.Question?
    /// The number of a saved list whose records are meant, as it answers now.
    public let list: Int64?
    /// A kind of statement: what is said of the records is asked for instead of their own fields.
    public let statements: String?
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
        records: [String]? = nil,
        filter: SavedListOrder.Question? = nil,
        list: Int64? = nil,
        statements: String? = nil,
        fields: [String]? = nil,
        purpose: String,
        reason: String,
        recipient: String,
        format: ExportTerms.Format? = nil
    ) {
        self.records = records
        self.filter = filter
        self.list = list
        self.statements = statements
        self.fields = fields
        self.purpose = purpose
        self.reason = reason
        self.recipient = recipient
        self.format = format
    }
}
