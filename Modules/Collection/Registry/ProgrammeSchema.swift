public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<Programme> {
    /// Policy programmes: `programmes.csv`.
    ///
    /// The indicators that they name are not looked up: another service defines them, perhaps later.
    public static let programmes = RecordSchema<Programme>(
        dataset: "reference.programmes",
        kind: .programme,
        columns: [
            "code", "name_zh", "name_en", "subject", "owner", "quantified_goals", "period", "indicator_codes",
            "source_file", "source_locator",
        ]
    ) { row in
        let code = row.code("code")
        let name = row.name()
        let subject = row.required("subject")
        let source = row.source()
        guard let code, let name, let subject, let source else { return .unreadable }
        return .record(
            Programme(
                code: code,
                name: name,
                subject: subject,
                owner: row.printed("owner"),
                quantifiedGoals: row.printed("quantified_goals"),
                period: row.printed("period"),
                indicators: row.list("indicator_codes"),
                source: source
            )
        )
    } key: {
        $0.code
    } merge: { records, batch, connection in
        try await ProgrammeStore(connection).merge(records, batch: batch)
    }
}
