import DomainModel
import ServiceKit
import Tabular

extension PersonalExport {
    private struct StatementLine: Encodable {
        let type: String
        let subject: String
        let object: String?
        let term: String?
        let share: String?
        let from: String?
        let until: String?
        let attributes: Attributes
    }

    /// Statements as one text, in the columns and members that the import of statements reads.
    ///
    /// - Throws: `EncodingError`.
    func text(of statements: [RegistryStatement]) throws -> String {
        switch terms.format {
        case .csv:
            var writer = CSVWriter(formulaSafe: true)
            let names = terms.fields.map { StatementRowReader.fixed.contains($0) ? "\(FieldColumns.nested).\($0)" : $0 }
            writer.append(["subject", "object", "term", "share", "from", "until"] + names)
            for statement in statements {
                let line = line(of: statement)
                let parts = [line.subject, line.object, line.term, line.share, line.from, line.until].map { $0 ?? "" }
                writer.append(parts + terms.fields.map { statement.attributes[$0]?.spelling ?? "" })
            }
            return writer.text
        case .ndjson:
            return try statements.map { try CanonicalJSON.text(line(of: $0)) + "\n" }.joined()
        }
    }

    private func line(of statement: RegistryStatement) -> StatementLine {
        StatementLine(
            type: statement.type,
            subject: statement.subject,
            object: statement.object,
            term: statement.term,
            share: statement.share?.description,
            from: statement.from?.isoText,
            until: statement.until?.isoText,
            attributes: statement.attributes.filter { terms.fields.contains($0.key) }
        )
    }
}
