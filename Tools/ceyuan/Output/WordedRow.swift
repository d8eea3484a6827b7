import DomainModel
import PlatformClient

/// A row that shows codes whose names the register knows.
protocol WordedRow: Listed {
    /// The vocabularies that its codes are of.
    var vocabularies: Set<String> { get }
    /// Whether it shows the code of a region.
    var namesRegion: Bool { get }
    /// What its codes are called; nothing until it was asked for.
    var words: RecordWords { get set }
}

extension WordedRow {
    var namesRegion: Bool { false }
}

extension Session {
    /// The same rows with what their codes are called.
    ///
    /// - Throws: As `Registrar.words(of:andRegions:)`.
    func worded<Row: WordedRow>(_ rows: [Row]) async throws -> [Row] {
        let words = try await Registrar(self).words(
            of: rows.reduce(into: []) { $0.formUnion($1.vocabularies) },
            andRegions: rows.contains(where: \.namesRegion)
        )
        return rows.map { row in
            var row = row
            row.words = words
            return row
        }
    }

    /// Prints a list, page by page; people read what its codes are called.
    func list<Row: WordedRow>(
        _ type: Row.Type,
        of service: Service,
        _ path: String,
        _ query: Query,
        limit: Int?
    ) async throws {
        try await list(type, of: service, path, query, limit: limit, labelled: worded)
    }

    /// Prints answers that are all there already; people read what their codes are called.
    func list<Row: WordedRow>(answers: [Answer<Row>]) async throws {
        guard console.format == .table else { return try console.list(answers: answers) }
        try console.tableOrRemark(try await worded(answers.map(\.value)))
    }

    /// Prints rows of this program's own; people read what their codes are called.
    func list<Row: WordedRow>(_ rows: [Row]) async throws {
        try console.list(console.format == .table ? try await worded(rows) : rows)
    }

    /// Prints one record; people read what its codes are called.
    func show<Row: WordedRow>(_ answer: Answer<Row>) async throws {
        guard console.format == .table else { return try console.show(answer) }
        for row in try await worded([answer.value]) { try console.sheet(row) }
    }
}
