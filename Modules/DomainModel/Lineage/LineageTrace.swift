/// The way from a figure back to where it came from.
public struct LineageTrace: Sendable, Hashable, Codable {
    /// One named value of a row, as the file has it.
    public struct Cell: Sendable, Hashable, Codable {
        /// The column's name in the header.
        public let field: String
        /// The cell's address as in a spreadsheet: `E17`.
        public let cell: String
        /// What the cell says.
        public let text: String

        /// Makes a cell of its parts.
        public init(field: String, cell: String, text: String) {
            self.field = field
            self.cell = cell
            self.text = text
        }
    }

    /// A row of a submitted file, as it was submitted.
    public struct Origin: Sendable, Hashable, Codable {
        /// The batch that brought the file; absent for reference data.
        public let batch: Int64?
        /// The dataset or the kind of reference record.
        public let dataset: String
        /// The name that the sender gave the file.
        public let fileName: String
        /// SHA-256 of the file's bytes, hexadecimal.
        public let sha256: String
        /// Who sent it, as they called themselves.
        public let submitter: String
        /// The line that the row begins in; 1 is the first.
        public let line: Int
        /// The row as a spreadsheet counts it; 1 is the header.
        public let row: Int
        /// The cell that holds the figure.
        public let cell: String
        /// When the values were recorded.
        public let recordedAt: Instant
        /// The whole row.
        public let cells: [Cell]
        /// The counting of the register that the row names: `/v1/counts/{id}`, and who was counted below it.
        public let count: Int64?

        /// Makes an origin of its parts.
        public init(
            batch: Int64?,
            dataset: String,
            fileName: String,
            sha256: String,
            submitter: String,
            line: Int,
            row: Int,
            cell: String,
            recordedAt: Instant,
            cells: [Cell],
            count: Int64? = nil
        ) {
            self.batch = batch
            self.dataset = dataset
            self.fileName = fileName
            self.sha256 = sha256
            self.submitter = submitter
            self.line = line
            self.row = row
            self.cell = cell
            self.recordedAt = recordedAt
            self.cells = cells
            self.count = count
        }
    }

    /// The code that was asked for.
    public let code: String
    /// The observation, when the code is of one.
    public let observation: Observation?
    /// All revisions of that value, oldest first.
    public let revisions: [Observation]
    /// The target, when the code is of one.
    public let target: Target?
    /// The finding, when the code is of one.
    public let finding: Finding?
    /// The row it came from; absent for findings.
    public let origin: Origin?
    /// What it was made from: the traces of a finding's target and values.
    public let sources: [LineageTrace]
    /// Names of the report editions that print the code.
    public let printedIn: [String]

    /// Makes a trace of its parts.
    public init(
        code: String,
        observation: Observation? = nil,
        revisions: [Observation] = [],
        target: Target? = nil,
        finding: Finding? = nil,
        origin: Origin? = nil,
        sources: [LineageTrace] = [],
        printedIn: [String] = []
    ) {
        self.code = code
        self.observation = observation
        self.revisions = revisions
        self.target = target
        self.finding = finding
        self.origin = origin
        self.sources = sources
        self.printedIn = printedIn
    }
}
