import DomainModel
import PersonalData
import Storage
import Tabular

/// Finds the rows of a file that are about a person.
struct PersonRows {
    /// The lines of rows that name the person by key.
    private(set) var named: Set<Int> = []
    /// The lines of rows that have a number of the person, or a name of theirs and no key. Of these some may have brought
    /// what is known of somebody else.
    private(set) var told: Set<Int> = []

    private let sweep: FileErasureStore.Sweep
    private let traces: PersonTraces?
    private let place: SealedPlace
    private let fields: [FieldDefinition]
    private let identifiers: [String: FieldDefinition]
    private let facts: RecordFacts
    private let cells: CellText
    private let keyColumn: String

    /// Reads a file, a piece at a time.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - format: How it is written.
    ///   - subject: What it was submitted to.
    ///   - sweep: Who is looked for.
    ///   - traces: How its traces were made; `nil` where nothing but keys can be compared.
    ///   - ground: The model, and what values are read by.
    /// - Returns: The rows.
    /// - Throws: `TabularReader.FileFailure`; `CancellationError`.
    static func find(
        in path: String,
        _ format: TabularFormat,
        of subject: ImportSubject,
        _ sweep: FileErasureStore.Sweep,
        _ traces: PersonTraces?,
        _ ground: (model: RecordModel, facts: RecordFacts)
    ) async throws -> PersonRows {
        var rows = PersonRows(format, of: subject, sweep, traces, ground)
        let columns: TableColumns =
            switch subject {
            case .records(let kind): RecordRowReader.columns(of: kind, ground.model)
            case .statements(let definition): StatementRowReader.columns(of: definition)
            }
        let reader = try TabularReader(path: path, format: format, columns: columns)
        var layout: Layout?
        var goesOn = true
        while goesOn {
            goesOn = try reader.read(
                record: { record in
                    guard let header = reader.header else { return }
                    let places = layout ?? Layout(header, rows)
                    layout = places
                    rows.take(record, places)
                },
                problem: { _ in }
            )
            try Task.checkCancellation()
            // Others have work to do as well.
            await Task.yield()
        }
        // A first line that is no header.
        if let header = reader.header, Layout(header, rows).isLoose, header.names.contains(where: rows.isTold) {
            rows.told.insert(1)
        }
        return rows
    }

    private init(
        _ format: TabularFormat,
        of subject: ImportSubject,
        _ sweep: FileErasureStore.Sweep,
        _ traces: PersonTraces?,
        _ ground: (model: RecordModel, facts: RecordFacts)
    ) {
        self.sweep = sweep
        self.traces = traces
        facts = ground.facts
        cells = CellText(isJSON: format.syntax == .ndjson)
        switch subject {
        case .records(let kind): (place, keyColumn) = (.record(kind), "key")
        case .statements(let definition): (place, keyColumn) = (.statement(definition.code), "subject")
        }
        fields = place.fields(in: ground.model).filter(PersonTraces.tells)
        identifiers = Dictionary(
            ground.model.fields(of: sweep.kind).filter(PersonTraces.tells).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Where the columns stand that are looked at.
    private struct Layout {
        let key: Int
        let numbers: [(place: Int, field: FieldDefinition)]
        let names: [Int]
        /// Whether the header is none, so that the cells may be anything.
        var isLoose: Bool { key < 0 && numbers.isEmpty && names.isEmpty }

        init(_ header: TableHeader, _ rows: PersonRows) {
            key = header.index(of: rows.keyColumn) ?? -1
            numbers = rows.fields.compactMap { field in header.index(of: field.code).map { ($0, field) } }
            guard case .record(let kind) = rows.place else {
                names = []
                return
            }
            names = RecordModel.names(of: kind).compactMap(header.index(of:))
        }
    }

    private mutating func take(_ record: borrowing TabularRecord, _ layout: Layout) {
        if record.isDamaged || layout.isLoose {
            // Cells may stand anywhere: each may be anything. Such a row has brought nothing.
            for cell in 0..<record.count where isTold(record.text(cell)) { told.insert(record.line) }
            return
        }
        let key = cells.read(record[layout.key])
        if let key, sweep.keys.contains(key) {
            named.insert(record.line)
        } else if isReferred(key) || layout.numbers.contains(where: { has($0.field, cells.read(record[$0.place])) })
            || (key == nil && layout.names.contains { isName(cells.read(record[$0])) })
        {
            told.insert(record.line)
        }
    }

    /// Whether a text of no known place is a key, a number or a name of the person.
    private func isTold(_ text: String) -> Bool {
        var cell = text
        guard let text = cell.withUTF8({ cells.read($0) }) else { return false }
        return sweep.keys.contains(text) || isReferred(text) || isName(text) || fields.contains { has($0, text) }
            || identifiers.values.contains { has($0, text, .record(sweep.kind)) }
    }

    private func has(_ field: FieldDefinition, _ text: String?, _ at: SealedPlace? = nil) -> Bool {
        guard let text, let traces else { return false }
        let texts = field.isMany ? cells.values(text) : [text]
        return texts.contains { text in
            let read = try? field.read(.text(text), facts)
            return sweep.traces.contains(traces.number(read?.texts.first ?? text, field, at ?? place))
        }
    }

    private func isName(_ text: String?) -> Bool {
        guard let text, let traces else { return false }
        return sweep.traces.contains(traces.name(text))
    }

    /// Whether a record is named by a number of the person: `orcid:0000-…`.
    private func isReferred(_ text: String?) -> Bool {
        guard let text, let colon = text.firstIndex(of: ":"), let field = identifiers[String(text[..<colon])] else {
            return false
        }
        return has(field, String(text[text.index(after: colon)...]), .record(sweep.kind))
    }
}
