import DomainModel
import ServiceKit
import Tabular

/// Writes records with values that are about persons.
struct PersonalExport {
    let fields: [String]

    private struct Line: Encodable {
        let key: String
        let attributes: Attributes
    }

    /// The records as one text.
    ///
    /// - Throws: `EncodingError`.
    func text(of records: [RegistryRecord], as format: ExportTerms.Format) throws -> String {
        switch format {
        case .csv:
            var writer = CSVWriter(formulaSafe: true)
            writer.append(["key"] + fields)
            for record in records { writer.append([record.key] + fields.map { record.attributes[$0]?.spelling ?? "" }) }
            return writer.text
        case .ndjson:
            return try records.map { record in
                let attributes = record.attributes.filter { fields.contains($0.key) }
                return try CanonicalJSON.text(Line(key: record.key, attributes: attributes)) + "\n"
            }.joined()
        }
    }
}
