import Collection
import DomainModel
import PostgresClient
import Storage
import Tabular

/// Checks the rows of a file of statements of one kind, as far as each tells by itself.
final class StatementRowReader: RowStager {
    var staged = PostgresBinaryBuffer(minimumCapacity: 1 << 19)
    let conflicts: ConflictLog
    var rows: Int64 { row.rows }
    /// Rows refused.
    var rejected: Int64 { row.rejected }

    /// The columns that are looked at by name.
    private enum Column: Int, CaseIterable, CodingKey { case type, subject, object, term, share, from, until }

    /// The columns beside those of the fields.
    static let fixed = Column.allCases.map(\.stringValue)

    /// All columns of a file.
    static func columns(of definition: StatementDefinition) -> TableColumns {
        TableColumns(
            required: ["subject"],
            optional: fixed.filter { $0 != "subject" }
                + definition.fields.map { FieldColumns.column(of: $0, besides: fixed) },
            nested: FieldColumns.nested
        )
    }

    private let definition: StatementDefinition
    private let facts: RecordFacts
    /// How the rows name records.
    let references: RecordReference
    private let seal: PassingSeal?
    private var row: RowCheck
    private var layout: (places: ColumnPlaces<Column>, fields: FieldColumns)?
    private var terms: [String: Result<String, Conflict.Found>] = [:]

    init(
        _ definition: StatementDefinition,
        _ model: RecordModel,
        _ facts: RecordFacts,
        _ seal: PassingSeal?,
        isJSON: Bool,
        conflicts: ConflictLog
    ) {
        self.definition = definition
        self.facts = facts
        self.seal = seal
        self.conflicts = conflicts
        references = RecordReference(model, facts)
        row = RowCheck(isJSON: isJSON, conflicts)
    }

    func read(_ record: borrowing TabularRecord, header: TableHeader) throws {
        guard row.begin(record) else { return }
        var layout = self.layout ?? (ColumnPlaces(header), fields(header))
        self.layout = nil
        defer { self.layout = layout }
        let places = layout.places

        row.expect(definition.code, in: "type", record, places[.type])
        let subject = row.cells.read(record[places[.subject]])
        if subject == nil { row.note(Conflict(code: .fieldMissing, field: "subject"), record, places[.subject]) }
        let object = row.cells.read(record[places[.object]])
        for fault in RecordModel.objectFaults(given: object, of: definition) {
            row.note(fault, record, places[.object])
        }
        let term = term(record, places[.term])
        let share = share(record, places[.share])
        let from = row.day("from", record, places[.from])
        let until = row.day("until", record, places[.until])
        if DateSpan(from: from, until: until).isEmpty {
            row.note(Conflict(code: .validityInvalid, field: "until", given: until?.isoText), record, places[.until])
        }
        layout.fields.read(record, &row.found)
        if layout.fields.isLacking {
            let refused = Set(row.found.compactMap(\.field))
            for field in layout.fields.missing where !refused.contains(field.code) {
                row.note(Conflict(code: .fieldMissing, field: field.code, expected: field.type.expected), record, -1)
            }
        }
        // Without a subject there is a conflict.
        guard try row.end(), let subject else { return }
        let sealed = layout.fields.personal.isEmpty ? nil : seal?.seal(layout.fields.personal)
        if let sealed { layout.fields.add(sealed.attributes) }
        staged.startRow(columns: StatementStaging.columnCount)
        staged.append(Int32(truncatingIfNeeded: record.line))
        staged.append(Int32(truncatingIfNeeded: record.row))
        staged.append(text: references.canonical(subject))
        staged.appendOptional(text: object.map(references.canonical))
        staged.appendOptional(text: term)
        if let share { staged.appendNumeric(mantissa: share.mantissa, scale: share.scale) } else { staged.appendNull() }
        staged.appendOptional(day: from)
        staged.appendOptional(day: until)
        staged.append(json: layout.fields.json.bytes)
        staged.appendOptional(text: sealed?.blind)
    }

    private func fields(_ header: TableHeader) -> FieldColumns {
        FieldColumns(definition.fields, besides: Self.fixed, in: header, isJSON: row.cells.isJSON, facts)
    }

    private func term(_ record: borrowing TabularRecord, _ place: Int) -> String? {
        let text = row.cells.read(record[place])
        if text == nil, !definition.hasTerm { return nil }
        let read: Result<String, Conflict.Found>
        if let known = terms[text ?? ""] {
            read = known
        } else {
            var facts = facts
            facts.suggests = terms.count < 1_000
            do throws(Conflict.Found) {
                read = .success(try RecordModel.readTerm(text, by: definition, facts) ?? "")
            } catch {
                read = .failure(error)
            }
            if terms.count < 20_000 { terms[text ?? ""] = read }
        }
        switch read {
        case .success(let term): return term.isEmpty ? nil : term
        case .failure(let fault):
            row.note(fault.conflict, record, place)
            return nil
        }
    }

    private func share(_ record: borrowing TabularRecord, _ place: Int) -> ExactDecimal? {
        guard let text = row.cells.read(record[place]) else { return nil }
        guard let share = ExactDecimal(text) else {
            let expected = FieldType.decimal.expected
            row.note(Conflict(code: .fieldType, field: "share", given: text, expected: expected), record, place)
            return nil
        }
        for fault in RecordModel.shareFaults(share, by: definition) { row.note(fault, record, place) }
        return share
    }
}
