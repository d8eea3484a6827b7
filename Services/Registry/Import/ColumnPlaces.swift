import Tabular

/// Where the columns stand in a file that its rows may have beside those of their fields.
struct ColumnPlaces<Column: CodingKey & CaseIterable & RawRepresentable<Int>> {
    private let places: [Int]

    init(_ header: TableHeader) { places = Column.allCases.map { header.index(of: $0.stringValue) ?? -1 } }

    /// The place of a column; −1, where a row has nothing, when the file has no such column.
    subscript(_ column: Column) -> Int { places[column.rawValue] }
}
