/// What a data provider submits, and how its files are laid out (数据集, 报表制度).
public struct Dataset: Sendable, Hashable, Codable {
    /// Which column of a file holds what; names of the header row.
    public struct Columns: Sendable, Hashable, Codable {
        /// Code of the indicator.
        public let indicator: String
        /// Code of the region.
        public let region: String
        /// SDMX time period.
        public let period: String
        /// The value as a plain decimal number; empty where the figure is missing.
        public let value: String
        /// The figure as printed, with brackets, comparator, unit; absent when files hold plain numbers only.
        public let printed: String?
        /// Unit of measure; checked against the indicator's.
        public let unit: String?
        /// Footnote.
        public let note: String?
        /// The statistical basis (口径); tells an original figure from its revision.
        public let basis: String?
        /// Columns that are kept with the file and not loaded.
        public let kept: [String]

        /// Makes a layout of its columns.
        public init(
            indicator: String,
            region: String,
            period: String,
            value: String,
            printed: String? = nil,
            unit: String? = nil,
            note: String? = nil,
            basis: String? = nil,
            kept: [String] = []
        ) {
            self.indicator = indicator
            self.region = region
            self.period = period
            self.value = value
            self.printed = printed
            self.unit = unit
            self.note = note
            self.basis = basis
            self.kept = kept
        }

        /// The column in which any file may name the counting of the register that a figure comes from.
        public static let count = "registry_count"

        /// The columns that a file may have beside those that are loaded.
        public var optional: [String] { kept.contains(Self.count) ? kept : kept + [Self.count] }
    }

    /// Code, unique among datasets.
    public let code: String
    /// Name, in both languages.
    public let name: LocalizedText
    /// Who submits it.
    public let provider: String
    /// Whether the good rows of a file may be loaded when others are refused.
    public let allowsPartial: Bool
    /// How files are laid out.
    public let columns: Columns
    /// Text at the end of the basis column that marks a row as a revision of another row of the same file.
    public let revisionMark: String?

    /// Makes a dataset of its parts.
    public init(
        code: String,
        name: LocalizedText,
        provider: String,
        allowsPartial: Bool,
        columns: Columns,
        revisionMark: String?
    ) {
        self.code = code
        self.name = name
        self.provider = provider
        self.allowsPartial = allowsPartial
        self.columns = columns
        self.revisionMark = revisionMark
    }
}
