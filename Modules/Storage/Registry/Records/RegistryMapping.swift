import DomainModel
import PostgresClient

// How the parts of records stand in the database.

extension CivilDate {
    /// The first day of a version; an unknown one is before all days.
    static func stored(first text: String) throws(StorageError) -> CivilDate? {
        text == "-infinity" ? nil : try stored(text)
    }

    /// A day as PostgreSQL writes it.
    static func stored(_ text: String) throws(StorageError) -> CivilDate {
        guard let day = CivilDate(iso: text) else { throw .outOfRange(text) }
        return day
    }
}

extension Recording {
    /// The columns of a recording, of the table by this name.
    static func columns(_ table: String) -> String {
        """
        \(table).recorded_at, \(table).principal, \(table).reason, \(table).source_file, \(table).source_locator,
        \(table).batch_id
        """
    }

    /// Makes a recording of its columns; one that is not sealed yet belongs to this very transaction.
    init(
        _ at: PostgresTimestamp?,
        _ principal: String,
        _ reason: String,
        _ file: String?,
        _ locator: String?,
        _ batch: Int64?
    ) {
        self.init(
            at: at.map { Instant($0) } ?? Instant(microsecondsSince1970: .max),
            principal: principal,
            reason: reason,
            source: file.flatMap { file in locator.map { Source(file: file, locator: $0) } },
            batch: batch
        )
    }
}

extension ListConditions {
    /// SQL that says that a row of this table is believed at the instant, or now.
    mutating func believed(_ table: String, asOf: Instant?) -> String {
        guard let asOf else { return "\(table).superseded_by IS NULL" }
        let bound = bind(PostgresTimestamp(asOf))
        return """
            EXISTS (
                SELECT FROM registry.recording begun WHERE begun.id = \(table).recorded_by AND begun.recorded_at <= \(bound)
            ) AND NOT EXISTS (
                SELECT FROM registry.recording ended WHERE ended.id = \(table).superseded_by
                    AND ended.recorded_at <= \(bound)
            )
            """
    }
}
