import DomainModel
import Tabular

/// The values of one column of a CSV or NDJSON file, as they come.
struct ColumnValues {
    private let file: InputFile
    private let column: String

    init(of column: String, in file: InputFile) {
        self.file = file
        self.column = column
    }

    /// Reads the column from the first row to the last; a row that lacks the cell has an empty value.
    ///
    /// - Throws: ``Failure`` when the file has no such column or is no table, and what the callback throws.
    func read(_ value: ([UInt8]) throws -> Void) throws {
        let syntax: TabularFormat.Syntax = file.mediaType == "text/csv" ? .delimited(by: nil) : .ndjson
        let reader = try TabularReader(
            path: file.path,
            format: TabularFormat(syntax: syntax),
            columns: TableColumns(required: [column])
        )
        var place: Int?
        try reader.readAll { record in
            if place == nil { place = reader.header?.index(of: column) }
            guard let place else { return }
            try value(Array(record[place]))
        } problem: { problem in
            // Other columns are nobody's business here, and a damaged row is judged by the cell that it has.
            guard problem.code != .columnUnknown, problem.code.concernsWholeFile,
                problem.field == column || problem.field == nil
            else { return }
            throw failure(problem)
        }
    }

    private func failure(_ problem: TabularProblem) -> Failure {
        var details = [
            (name: LocalizedText(zh: "文件", en: "file"), value: LocalizedText(zh: file.path, en: file.path))
        ]
        if let field = problem.field {
            details.append((LocalizedText(zh: "列", en: "column"), LocalizedText(zh: field, en: field)))
        }
        if !problem.nearest.isEmpty {
            let names = problem.nearest.joined(separator: ", ")
            details.append((LocalizedText(zh: "相近", en: "nearest"), LocalizedText(zh: names, en: names)))
        }
        let message = problem.code.message
        return Failure(.refused, problem.code.rawValue, zh: message.zh, en: message.en, details: details)
    }
}
