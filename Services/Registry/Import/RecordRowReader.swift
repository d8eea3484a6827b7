import Collection
import DomainModel
import PersonalData
import PostgresClient
import Storage
import Tabular

/// Checks the rows of a file of records.
///
/// A cell without anything in it says nothing: what is known stays.
final class RecordRowReader: RowStager {
    var staged = PostgresBinaryBuffer(minimumCapacity: 1 << 19)
    let conflicts: ConflictLog
    var rows: Int64 { row.rows }
    /// Rows refused.
    var rejected: Int64 { row.rejected }
    /// The regions that staged rows lie in.
    private(set) var regionsNamed: Set<Int32> = []
    /// Whether a staged row lacks what a new record must have.
    private(set) var lacksFields = false
    /// Whether a staged row names no region.
    private(set) var lacksRegions = false

    /// The columns that are looked at by name; the last is also the column of a field.
    private enum Column: Int, CaseIterable, CodingKey { case key, kind, from, state, region }

    /// The columns beside those of the fields.
    static let fixed = Column.allCases.dropLast().map(\.stringValue)

    /// All columns of a file.
    static func columns(of kind: RegistryKind, _ model: RecordModel) -> TableColumns {
        TableColumns(
            required: [],
            optional: fixed + model.fields(of: kind).map { FieldColumns.column(of: $0, besides: fixed) },
            nested: FieldColumns.nested
        )
    }

    private let kind: RegistryKind
    private let model: RecordModel
    private let facts: RecordFacts
    private let scope: ImportScope
    private let sealer: Sealer?
    private var row: RowCheck
    private var layout: (places: ColumnPlaces<Column>, fields: FieldColumns)?

    init(
        _ kind: RegistryKind,
        _ model: RecordModel,
        _ facts: RecordFacts,
        _ scope: ImportScope,
        _ sealer: Sealer?,
        isJSON: Bool,
        conflicts: ConflictLog
    ) {
        self.kind = kind
        self.model = model
        self.facts = facts
        self.scope = scope
        self.sealer = sealer
        self.conflicts = conflicts
        row = RowCheck(isJSON: isJSON, conflicts)
    }

    func read(_ record: borrowing TabularRecord, header: TableHeader) throws {
        guard row.begin(record) else { return }
        var layout = self.layout ?? (ColumnPlaces(header), fields(header))
        self.layout = nil
        defer { self.layout = layout }
        let places = layout.places

        let key = row.cells.read(record[places[.key]])
        if let key, let fault = RegistryRecord.fault(ofKey: key) { row.note(fault, record, places[.key]) }
        row.expect(kind.rawValue, in: "kind", record, places[.kind])
        let from = row.day("from", record, places[.from])
        let state = state(record, places[.state])
        layout.fields.read(record, &row.found)
        if !layout.fields.personal.isEmpty { checkPersonal(layout.fields, key, record, places[.key]) }
        let region = region(record, places[.region])
        guard try row.end() else { return }
        let sealed = key.flatMap { sealer?.seal(layout.fields.personal, ofNew: kind, $0) }
        if let sealed { layout.fields.add(sealed.attributes) }
        stage(record, key, from, state, region, layout.fields, sealed)
    }

    /// Personal values are bound to the key of their record, which the register gives only after the file was read.
    private func checkPersonal(
        _ fields: FieldColumns,
        _ key: String?,
        _ record: borrowing TabularRecord,
        _ place: Int
    ) {
        if key == nil {
            let expected = LocalizedText(
                zh: "键：加密字段与记录的键绑定",
                en: "a key: values that are kept sealed are bound to it"
            )
            row.note(Conflict(code: .fieldMissing, field: "key", expected: expected), record, place)
        }
        guard fields.personal.keys.contains(where: { model.mayContradict($0, of: kind) }) else { return }
        var values = fields.personal
        values["birth_date"] = fields.value("birth_date", in: record)
        for conflict in model.contradictions(in: values, of: kind) { row.note(conflict, record, -1) }
    }

    private func fields(_ header: TableHeader) -> FieldColumns {
        FieldColumns(
            model.fields(of: kind),
            names: RecordModel.names(of: kind),
            besides: Self.fixed,
            in: header,
            isJSON: row.cells.isJSON,
            facts
        )
    }

    private func state(_ record: borrowing TabularRecord, _ place: Int) -> RecordState? {
        guard let text = row.cells.read(record[place]) else { return nil }
        if let state = RecordState(rawValue: text), state.isRelatable { return state }
        let expected = LocalizedText(zh: "active（有效）或 closed（已关闭）", en: "active or closed")
        row.note(Conflict(code: .fieldInvalid, field: "state", given: text, expected: expected), record, place)
        return nil
    }

    /// The region's number; one outside of the writer's regions is a conflict.
    private func region(_ record: borrowing TabularRecord, _ place: Int) -> Int32? {
        guard let text = row.cells.read(record[place]), facts.regions.contains(text) else { return nil }
        if let number = scope.numbers[text] { return number }
        row.note(Conflict(code: .regionNotPermitted, field: "region", given: text), record, place)
        return nil
    }

    private func stage(
        _ record: borrowing TabularRecord,
        _ key: String?,
        _ from: CivilDate?,
        _ state: RecordState?,
        _ region: Int32?,
        _ fields: FieldColumns,
        _ sealed: SealedRecord?
    ) {
        if let region { regionsNamed.insert(region) } else { lacksRegions = true }
        if fields.isLacking { lacksFields = true }
        staged.startRow(columns: RecordStaging.columnCount)
        staged.append(Int32(truncatingIfNeeded: record.line))
        staged.append(Int32(truncatingIfNeeded: record.row))
        staged.appendOptional(text: key)
        staged.appendOptional(day: from)
        staged.appendOptional(text: state?.rawValue)
        if let region { staged.append(region) } else { staged.appendNull() }
        staged.append(fields.isLacking)
        staged.append(json: fields.json.bytes)
        staged.appendOptional(text: sealed?.key.master)
        staged.appendOptional(bytes: sealed?.key.bytes)
        staged.appendOptional(text: sealed.map { RecordStaging.text(of: $0.entries) })
    }
}

extension PostgresBinaryBuffer {
    /// Appends a text, or NULL.
    mutating func appendOptional(text: String?) {
        if let text { append(text: text) } else { appendNull() }
    }

    /// Appends a `bytea`, or NULL.
    mutating func appendOptional(bytes: [UInt8]?) {
        guard let bytes else { return appendNull() }
        write(integer: Int32(bytes.count))
        bytes.withUnsafeBytes { write(bytes: $0) }
    }

    /// Appends a `date`, or NULL.
    mutating func appendOptional(day: CivilDate?) {
        if let day { appendDate(daysSince1970: day.daysSince1970) } else { appendNull() }
    }

    /// Appends a `jsonb` of JSON text: a version number stands before it.
    mutating func append(json: [UInt8]) {
        write(integer: Int32(json.count + 1))
        write(integer: 1 as UInt8)
        json.withUnsafeBytes { write(bytes: $0) }
    }
}
