/// A table with a head, rows in sections, and a caption.
public struct Table: Sendable, Hashable, Codable {
    /// How the cells of a column are set.
    public enum Alignment: String, Sendable, Codable, CaseIterable {
        /// At the start of the line: words.
        case start
        /// In the middle: short marks.
        case center
        /// At the end of the line: numbers.
        case end
    }

    /// A column.
    public struct Column: Sendable, Hashable, Codable {
        /// The head of the column.
        public let title: String
        /// How its cells are set.
        public let alignment: Alignment

        /// Makes a column of its parts.
        public init(_ title: String, _ alignment: Alignment = .start) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// A row: a cell for each column.
    public struct Row: Sendable, Hashable, Codable {
        /// The cells.
        public let cells: [[Inline]]
        /// The name that links lead to; empty when none does.
        public let anchor: String

        /// Makes a row of its cells.
        public init(_ cells: [[Inline]], anchor: String = "") {
            self.cells = cells
            self.anchor = anchor
        }
    }

    /// Rows that belong together.
    public struct Section: Sendable, Hashable, Codable {
        /// The line above the rows; empty when there is none.
        public let title: String
        /// The rows.
        public let rows: [Row]

        /// Makes a section of its rows.
        public init(title: String = "", _ rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    /// What the table shows.
    public let caption: String
    /// The columns.
    public let columns: [Column]
    /// Which column names the row, counted from 0.
    public let rowHeader: Int
    /// The rows, in sections.
    public let sections: [Section]

    /// Makes a table of its parts.
    public init(caption: String, columns: [Column], rowHeader: Int = 0, sections: [Section]) {
        self.caption = caption
        self.columns = columns
        self.rowHeader = rowHeader
        self.sections = sections
    }
}
