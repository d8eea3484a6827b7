/// One thing that is wrong with one place of a submitted file (冲突).
public struct Conflict: Sendable, Hashable, Codable {
    /// How serious it is.
    public enum Severity: String, Sendable, Codable, CaseIterable {
        /// The row is refused.
        case error
        /// The row is taken; somebody should look.
        case warning
    }

    /// What the row is about, as far as it could be read.
    public struct Key: Sendable, Hashable, Codable {
        /// The indicator as written.
        public let indicator: String
        /// The region as written.
        public let region: String
        /// The period as written.
        public let period: String

        /// Makes a key of its parts.
        public init(indicator: String, region: String, period: String) {
            self.indicator = indicator
            self.region = region
            self.period = period
        }
    }

    /// That what a row said is gone, since it was about somebody who was erased.
    public struct Erased: Sendable, Hashable, Codable {
        /// When it was taken out.
        public let at: Instant
        /// The approval of the erasure.
        public let approval: Int64

        /// Makes a note of its parts.
        public init(at: Instant, approval: Int64) {
            self.at = at
            self.approval = approval
        }
    }

    /// The kind of conflict; its text in both languages comes with it.
    public let code: ConflictCode
    /// How serious it is.
    public let severity: Severity
    /// The sheet of a workbook; absent for text files.
    public let sheet: String?
    /// The line of the file that the row begins in; 1 is the first. Absent when the whole file is meant.
    public let line: Int?
    /// The row of the table as a spreadsheet counts it; 1 is the header.
    public let row: Int?
    /// The column's letters as in a spreadsheet.
    public let column: String?
    /// Column and row together: `D17`.
    public let cell: String?
    /// The column's name in the header.
    public let field: String?
    /// What the file says, cut after 200 characters.
    public let given: String?
    /// What is wrong, in both languages.
    public let message: LocalizedText
    /// What was expected.
    public let expected: LocalizedText
    /// Allowed values that come nearest to the given one.
    public let nearest: [String]
    /// What the row is about.
    public let key: Key?
    /// Why what the file says is not told any more.
    public let erased: Erased?

    /// Makes a conflict of its parts; severity and message come from the code.
    public init(
        code: ConflictCode,
        sheet: String? = nil,
        line: Int? = nil,
        row: Int? = nil,
        column: Int? = nil,
        field: String? = nil,
        given: String? = nil,
        expected: LocalizedText? = nil,
        nearest: [String] = [],
        key: Key? = nil,
        erased: Erased? = nil
    ) {
        self.code = code
        self.severity = code.severity
        self.sheet = sheet
        self.line = line
        self.row = row
        let letters = column.map(Self.columnLetters)
        self.column = letters
        self.cell = if let letters, let row { letters + String(row) } else { nil }
        self.field = field
        self.given = given.map { $0.count > 200 ? String($0.prefix(200)) + "…" : $0 }
        self.message = code.message
        self.expected = expected ?? code.expected
        self.nearest = nearest
        self.key = key
        self.erased = erased
    }

    /// The letters of a column as a spreadsheet writes them: 0 is `A`, 26 is `AA`.
    public static func columnLetters(_ index: Int) -> String {
        var index = index
        var letters = ""
        repeat {
            letters = String(UnicodeScalar(UInt8(65 + index % 26))) + letters
            index = index / 26 - 1
        } while index >= 0
        return letters
    }
}
