import Collection
import DomainModel
import PostgresClient
import Storage
import Tabular

/// Checks the rows of a file of statements of one kind, as far as each tells by itself.
final class StatementRowReader: RowStager {
    var staged = PostgresBinaryBuffer(minimumCapacity: 1 << 19)
    let conflicts: ConflictLog
    private(set) var rows: Int64 = 0
    /// Rows refused.
    private(set) var rejected: Int64 = 0

    /// The columns beside those of the fields.
    static let fixed = ["type", "subject", "object", "term", "share", "from", "until"]

    /// All columns of a file.
    static func columns(of definition: StatementDefinition) -> TableColumns {
        TableColumns(
            required: ["subject"],
            optional: fixed.filter { $0 != "subject" }
                + definition.fields.map { FieldColumns.column(of: $0, besides: fixed) },
            nested: FieldColumns.nested
        )
    }

    private struct Places {
        let type: Int
        let subject: Int
        let object: Int
        let term: Int
        let share: Int
        let from: Int
        let until: Int

        init(_ header: TableHeader) {
            func place(_ name: String) -> Int { header.index(of: name) ?? -1 }
            type = place("type")
            subject = place("subject")
            object = place("object")
            term = place("term")
            share = place("share")
            from = place("from")
            until = place("until")
        }
    }

    private let definition: StatementDefinition
    private let facts: RecordFacts
    /// How the rows name records.
    let references: RecordReference
    private let cells: CellText
    private var layout: (places: Places, fields: FieldColumns)?
    private var terms: [String: Result<String, Conflict.Found>] = [:]
    private var found: [Conflict] = []

    init(
        _ definition: StatementDefinition,
        _ model: RecordModel,
        _ facts: RecordFacts,
        isJSON: Bool,
        conflicts: ConflictLog
    ) {
        self.definition = definition
        self.facts = facts
        self.conflicts = conflicts
        references = RecordReference(model, facts)
        cells = CellText(isJSON: isJSON)
    }

    func read(_ record: borrowing TabularRecord, header: TableHeader) throws {
        rows += 1
        // Behind a header that is wrong, rows are only counted.
        guard !record.isDamaged, !conflicts.refusesWholeFile else {
            rejected += 1
            return
        }
        var layout = self.layout ?? (Places(header), fields(header))
        self.layout = nil
        defer { self.layout = layout }
        found.removeAll(keepingCapacity: true)
        let places = layout.places

        if let given = cells.read(record[places.type]), given != definition.code {
            let expected = LocalizedText(zh: definition.code, en: definition.code)
            note(Conflict(code: .fieldInvalid, field: "type", given: given, expected: expected), record, places.type)
        }
        let subject = cells.read(record[places.subject])
        if subject == nil { note(Conflict(code: .fieldMissing, field: "subject"), record, places.subject) }
        let object = cells.read(record[places.object])
        for fault in RecordModel.objectFaults(given: object, of: definition) { note(fault, record, places.object) }
        let term = term(record, places.term)
        let share = share(record, places.share)
        let from = day("from", record, places.from)
        let until = day("until", record, places.until)
        if DateSpan(from: from, until: until).isEmpty {
            note(Conflict(code: .validityInvalid, field: "until", given: until?.isoText), record, places.until)
        }
        layout.fields.read(record, &found)
        if layout.fields.isLacking {
            let refused = Set(found.compactMap(\.field))
            for field in layout.fields.missing where !refused.contains(field.code) {
                note(Conflict(code: .fieldMissing, field: field.code, expected: field.type.expected), record, -1)
            }
        }
        for conflict in found { try conflicts.append(conflict) }
        guard let subject, !found.contains(where: { $0.severity == .error }) else {
            rejected += 1
            return
        }
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
    }

    private func fields(_ header: TableHeader) -> FieldColumns {
        FieldColumns(definition.fields, besides: Self.fixed, in: header, isJSON: cells.isJSON, facts)
    }

    private func note(_ conflict: Conflict, _ record: borrowing TabularRecord, _ place: Int) {
        found.append(conflict.at(line: record.line, row: record.row, column: place < 0 ? nil : place))
    }

    private func day(_ field: String, _ record: borrowing TabularRecord, _ place: Int) -> CivilDate? {
        guard let text = cells.read(record[place]) else { return nil }
        if let day = CivilDate(written: text) { return day }
        let expected = FieldType.date.expected
        note(Conflict(code: .fieldType, field: field, given: text, expected: expected), record, place)
        return nil
    }

    private func term(_ record: borrowing TabularRecord, _ place: Int) -> String? {
        let text = cells.read(record[place])
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
            note(fault.conflict, record, place)
            return nil
        }
    }

    private func share(_ record: borrowing TabularRecord, _ place: Int) -> ExactDecimal? {
        guard let text = cells.read(record[place]) else { return nil }
        guard let share = ExactDecimal(text) else {
            let expected = FieldType.decimal.expected
            note(Conflict(code: .fieldType, field: "share", given: text, expected: expected), record, place)
            return nil
        }
        for fault in RecordModel.shareFaults(share, by: definition) { note(fault, record, place) }
        return share
    }
}
