public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<Dataset> {
    /// Declarations of datasets: `datasets.csv`. The columns `column_…` name the columns of submitted files;
    /// `columns_kept` lists, between semicolons, those that are kept with the file and not loaded.
    public static let datasets = RecordSchema<Dataset>(
        dataset: "reference.datasets",
        kind: .dataset,
        columns: [
            "code", "name_zh", "name_en", "provider", "allows_partial", "revision_mark", "column_indicator",
            "column_region", "column_period", "column_value", "column_printed", "column_unit", "column_note",
            "column_basis", "columns_kept",
        ]
    ) { row in
        let code = row.code("code")
        let name = row.name()
        let provider = row.required("provider")
        let allowsPartial = row.flag("allows_partial")
        let indicator = row.required("column_indicator")
        let region = row.required("column_region")
        let period = row.required("column_period")
        let value = row.required("column_value")
        row.refuseRepeatedColumns()
        if row.optional("revision_mark") != nil, row.optional("column_basis") == nil {
            let expected = LocalizedText(zh: "有修订标记时，口径栏的列名", en: "the basis column that a revision mark stands in")
            row.note(.fieldMissing, "column_basis", expected: expected)
        }
        guard let code, let name, let provider, let allowsPartial, let indicator, let region, let period, let value
        else { return .unreadable }
        // As it stands: the mark may begin with a blank.
        let mark = row.printed("revision_mark")
        return .record(
            Dataset(
                code: code,
                name: name,
                provider: provider,
                allowsPartial: allowsPartial,
                columns: Dataset.Columns(
                    indicator: indicator,
                    region: region,
                    period: period,
                    value: value,
                    printed: row.optional("column_printed"),
                    unit: row.optional("column_unit"),
                    note: row.optional("column_note"),
                    basis: row.optional("column_basis"),
                    kept: row.list("columns_kept")
                ),
                revisionMark: mark.isEmpty ? nil : mark
            )
        )
    } key: {
        $0.code
    } merge: { records, batch, connection in
        try await DatasetStore(connection).merge(records, batch: batch)
    }
}

extension RecordRow {
    /// A column of a submitted file holds one thing.
    fileprivate mutating func refuseRepeatedColumns() {
        let fields = [
            "column_indicator", "column_region", "column_period", "column_value", "column_printed", "column_unit",
            "column_note", "column_basis",
        ]
        var seen: Set<String> = []
        let expected = LocalizedText(zh: "每个列名只用一次", en: "each column name once")
        for field in fields {
            if let name = optional(field), !seen.insert(name).inserted {
                note(.fieldInvalid, field, expected: expected)
            }
        }
        for name in list("columns_kept") where !seen.insert(name).inserted {
            note(.fieldInvalid, "columns_kept", expected: expected)
        }
    }
}
