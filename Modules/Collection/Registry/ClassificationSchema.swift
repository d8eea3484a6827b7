public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<Classification> {
    /// Terms of vocabularies: `classifications.csv`. Broader terms are of the same vocabulary.
    public static let classifications = RecordSchema<Classification>(
        dataset: "reference.classifications",
        kind: .classification,
        columns: [
            "vocabulary", "code", "parent_code", "name_zh", "name_en", "rank", "definition", "source_file",
            "source_locator",
        ],
        keyColumns: ["vocabulary", "code"]
    ) { row in
        let vocabulary = row.code("vocabulary")
        let code = row.code("code")
        let name = row.name()
        let rank = row.rank()
        let source = row.source()
        guard let vocabulary, let code, let name, let source else { return .unreadable }
        return .record(
            Classification(
                vocabulary: vocabulary,
                code: code,
                parent: row.optional("parent_code"),
                name: name,
                rank: rank,
                definition: row.printed("definition"),
                source: source
            )
        )
    } key: {
        "\($0.vocabulary)/\($0.code)"
    } settle: { contents, connection in
        let records = contents.records
        let stored = try await ClassificationStore(connection).keys()
        var codes: [String: Set<String>] = [:]
        var parents: [String: String] = [:]
        func name(_ vocabulary: String, _ code: String) -> String { "\(vocabulary)/\(code)" }
        for (key, parent) in stored {
            codes[key.vocabulary, default: []].insert(key.code)
            parents[name(key.vocabulary, key.code)] = parent.map { name(key.vocabulary, $0) }
        }
        for key in contents.refusedKeys { codes[key[0], default: []].insert(key[1]) }
        for term in records.map(\.record) {
            codes[term.vocabulary, default: []].insert(term.code)
            parents[name(term.vocabulary, term.code)] = term.parent.map { name(term.vocabulary, $0) }
        }
        var conflicts: [Conflict] = []
        for (vocabulary, members) in Dictionary(grouping: records, by: \.record.vocabulary) {
            conflicts += unknownReferences(
                in: members,
                field: "parent_code",
                known: codes[vocabulary, default: []],
                codes: { $0.parent.map { [$0] } ?? [] }
            )
        }
        conflicts += circles(
            in: records,
            field: "parent_code",
            key: { name($0.vocabulary, $0.code) },
            parents: parents
        )
        return Settlement(records: records, conflicts: conflicts)
    } merge: { records, batch, connection in
        try await ClassificationStore(connection).merge(records, batch: batch)
    }
}

extension RecordRow {
    /// Whole numbers with dots between them, or `nil` when the cell is empty.
    fileprivate mutating func rank() -> String? {
        guard let text = optional("rank") else { return nil }
        let levels = text.split(separator: ".", omittingEmptySubsequences: false)
        if levels.allSatisfy({ UInt16($0) != nil }) { return text }
        let expected = LocalizedText(zh: "以点分级的整数，例如 2.1.3", en: "whole numbers with dots between the levels: 2.1.3")
        note(.fieldInvalid, "rank", expected: expected)
        return nil
    }
}
