import DomainModel
import Tabular

/// The columns of all fields of a kind of record or statement, in a file with this header.
struct FieldColumns {
    private var columns: [FieldColumn] = []
    private let facts: RecordFacts
    // The required fields that have no column at all.
    private let withoutColumn: [FieldDefinition]
    // The fields of which one at least must be given; none where that is not asked for.
    private let names: Set<String>

    /// The members of the last row as a JSON object, but for those that are to be sealed.
    private(set) var json = JSONBytes()
    /// The values of the last row that are to be sealed.
    private(set) var personal: Attributes = [:]
    /// Whether the last row lacks a required field, or any name.
    private(set) var isLacking = false
    /// The required fields that the last row lacks.
    private(set) var missing: [FieldDefinition] = []

    init(
        _ fields: [FieldDefinition],
        names: [String] = [],
        besides fixed: [String],
        in header: TableHeader,
        isJSON: Bool,
        _ facts: RecordFacts
    ) {
        self.facts = facts
        self.names = Set(names)
        var withoutColumn: [FieldDefinition] = []
        for field in fields {
            guard let place = header.index(of: Self.column(of: field, besides: fixed)) else {
                if field.isRequired { withoutColumn.append(field) }
                continue
            }
            columns.append(FieldColumn(field, at: place, cells: CellText(isJSON: isJSON)))
        }
        self.withoutColumn = withoutColumn
    }

    /// The name of a field's column: its code, unless another column has that name.
    static func column(of field: FieldDefinition, besides fixed: [String]) -> String {
        fixed.contains(field.code) ? "\(nested).\(field.code)" : field.code
    }

    /// The member that the fields stand in where a file is JSON.
    static let nested = "attributes"

    /// Reads the fields of a row into ``json`` and ``personal``.
    ///
    /// - Parameters:
    ///   - record: The row.
    ///   - conflicts: Gets what is wrong.
    mutating func read(_ record: borrowing TabularRecord, _ conflicts: inout [Conflict]) {
        json.removeAll()
        personal.removeAll(keepingCapacity: true)
        json.append(UInt8(ascii: "{"))
        missing = withoutColumn
        var hasName = names.isEmpty
        for index in columns.indices {
            let place = columns[index].place
            switch columns[index].read(record[place], facts, into: &json) {
            case .nothing: if columns[index].field.isRequired { missing.append(columns[index].field) }
            case .said: if !hasName, names.contains(columns[index].field.code) { hasName = true }
            case .personal(let value): personal[columns[index].field.code] = value
            case .refused(let conflict):
                conflicts.append(conflict.at(line: record.line, row: record.row, column: place))
            }
        }
        isLacking = !hasName || !missing.isEmpty
        json.append(UInt8(ascii: "}"))
    }

    /// Adds members to ``json``.
    mutating func add(_ attributes: Attributes) {
        for (code, value) in attributes.sorted(by: { $0.key < $1.key }) { json.add(code, value) }
    }

    /// The checked value of a field in a row that was read.
    func value(_ code: String, in record: borrowing TabularRecord) -> AttributeValue? {
        guard let column = columns.first(where: { $0.field.code == code }) else { return nil }
        return column.value(record[column.place], facts)
    }
}
