/// A report frozen: its data instant, its parameters, its text and the hashes of its renderings (版本).
public struct Edition: Sendable, Hashable, Codable {
    /// A rendering of the edition's document.
    public struct Rendering: Sendable, Hashable, Codable {
        /// Which format.
        public let format: ReportFormat
        /// Size in bytes.
        public let bytes: Int
        /// SHA-256 of the bytes, hexadecimal.
        public let sha256: String

        /// Makes a rendering of its parts.
        public init(format: ReportFormat, bytes: Int, sha256: String) {
            self.format = format
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// Number of the edition.
    public let id: Int64
    /// Short name for files: `yuhang_original.fyp13-end-of-plan-2020-zh`.
    public let name: String
    /// The title of the report.
    public let title: String
    /// What the report was asked to be.
    public let request: EditionRequest
    /// The assessment it was written from.
    public let assessment: Int64
    /// The instant whose knowledge it shows.
    public let asOf: Instant
    /// When it was made.
    public let createdAt: Instant
    /// Its renderings.
    public let renderings: [Rendering]
    /// What could not be made, in the report's language: for example charts, when the drawing program is missing.
    public let notices: [String]

    /// Makes an edition of its parts.
    public init(
        id: Int64,
        name: String,
        title: String,
        request: EditionRequest,
        assessment: Int64,
        asOf: Instant,
        createdAt: Instant,
        renderings: [Rendering],
        notices: [String]
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.request = request
        self.assessment = assessment
        self.asOf = asOf
        self.createdAt = createdAt
        self.renderings = renderings
        self.notices = notices
    }
}

/// The kind of report.
public enum ReportTemplate: String, Sendable, Codable, CaseIterable {
    /// What of a finished plan was reached (期末评估).
    case endOfPlan = "end-of-plan"
    /// Where a running plan stands, and what must be done (执行情况).
    case planState = "plan-state"
}

/// A format that a report is rendered in.
public enum ReportFormat: String, Sendable, Codable, CaseIterable {
    /// A page that stands alone, with its charts inside.
    case html
    /// CommonMark with tables.
    case markdown
    /// The document tree.
    case json

    /// The ending of file names.
    public var fileExtension: String {
        switch self {
        case .html: "html"
        case .markdown: "md"
        case .json: "json"
        }
    }
}

/// What is asked for to make an edition.
public struct EditionRequest: Sendable, Hashable, Codable {
    /// The kind of report.
    public let template: ReportTemplate
    /// Code of the plan.
    public let plan: String
    /// The period to assess the plan at; the plan's last year when absent.
    public let period: Period?
    /// The language to write in.
    public let language: Language
    /// The instant whose knowledge is shown; now when absent.
    public let asOf: Instant?

    /// Makes a request of its parts.
    public init(template: ReportTemplate, plan: String, period: Period?, language: Language, asOf: Instant?) {
        self.template = template
        self.plan = plan
        self.period = period
        self.language = language
        self.asOf = asOf
    }
}
