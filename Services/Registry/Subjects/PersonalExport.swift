import DomainModel
import PostgresClient
import ServiceKit
import Storage
import Tabular

/// Writes records, or what is said of them, with values that are about persons.
struct PersonalExport {
    let terms: ExportTerms

    private struct Line: Encodable {
        let key: String
        let attributes: Attributes
    }

    /// What the terms ask for of the records, in the clear, as one text.
    ///
    /// - Throws: `EncodingError`; ``Problem`` where values cannot be opened; `PostgresError`.
    func text(
        of records: [RegistryRecord],
        _ sight: RecordSight,
        _ connection: PostgresConnection
    ) async throws -> String {
        guard let type = terms.statements else {
            var shown: [RegistryRecord] = []
            for record in records { shown.append(try await sight.show(record, connection)) }
            return try text(of: shown)
        }
        let said = try await RegistryStatementStore(connection).believed(type, about: records.map(\.key))
        return try await text(of: sight.show(said, connection))
    }

    private func text(of records: [RegistryRecord]) throws -> String {
        switch terms.format {
        case .csv:
            var writer = CSVWriter(formulaSafe: true)
            writer.append(["key"] + terms.fields)
            for record in records {
                writer.append([record.key] + terms.fields.map { record.attributes[$0]?.spelling ?? "" })
            }
            return writer.text
        case .ndjson:
            return try records.map { record in
                let attributes = record.attributes.filter { terms.fields.contains($0.key) }
                return try CanonicalJSON.text(Line(key: record.key, attributes: attributes)) + "\n"
            }.joined()
        }
    }
}
