public import DomainModel
import PostgresClient

extension StatementStaging {
    /// A row that repeats another word for word.
    public struct Repetition: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// The line of the first such row.
        public let firstLine: Int
        /// What the file gives for the record that it is about.
        public let subject: String
    }

    /// Takes out rows that repeat an earlier one.
    ///
    /// - Returns: Those rows, in the order of the file.
    /// - Throws: `PostgresError`.
    public func removeRepetitions() async throws -> [Repetition] {
        try await connection.query(
            """
            /* registry.import.statementRepetitions */ WITH repeated AS (
                SELECT ctid AS id, line, row, subject, first_value(line) OVER same AS first_line
                FROM import_statement
                WINDOW same AS (
                    PARTITION BY subject_id, object_id, term, share, first_day, end_day, attributes ORDER BY line
                )
            ), removed AS (
                DELETE FROM import_statement USING repeated
                WHERE import_statement.ctid = repeated.id AND repeated.line > repeated.first_line
            )
            SELECT line, row, first_line, subject FROM repeated WHERE line > first_line ORDER BY line
            """
        ).map { row in
            let (line, number, first, subject) = try row.decode((Int32, Int32, Int32, String).self)
            return Repetition(line: Int(line), row: Int(number), firstLine: Int(first), subject: subject)
        }
    }

    /// One thing that is wrong with a row.
    public struct Refusal: Sendable {
        /// The line of the row.
        public let line: Int
        /// The place among all that is wrong with the row.
        public let ordinal: Int
        /// What is wrong.
        public let code: ConflictCode
        /// The conflict as canonical JSON.
        public let json: String

        /// Makes a refusal of its parts.
        public init(line: Int, ordinal: Int, code: ConflictCode, json: String) {
            self.line = line
            self.ordinal = ordinal
            self.code = code
            self.json = json
        }
    }

    /// Takes out rows, and keeps what is wrong with them.
    public func refuse(_ refusals: [Refusal]) async throws {
        if refusals.isEmpty { return }
        try await connection.execute(
            """
            /* registry.import.refuse */ WITH given AS (
                INSERT INTO import_fault (line, ordinal, code, content) SELECT * FROM unnest(
                    \(refusals.map { Int32($0.line) })::integer[], \(refusals.map { Int32($0.ordinal) })::integer[],
                    \(refusals.map(\.code.rawValue))::text[], \(refusals.map(\.json))::text[]
                ) RETURNING line
            )
            DELETE FROM import_statement WHERE line IN (SELECT line FROM given)
            """
        )
    }

    /// What ``refuse(_:)`` has kept, in the order of the file.
    ///
    /// - Parameter body: Gets each.
    /// - Throws: What the body throws; `PostgresError`.
    public func refusals(_ body: (Refusal) throws -> Void) async throws {
        let rows = try await connection.stream(
            """
            /* registry.import.refusals */ SELECT line, ordinal, code, content FROM import_fault ORDER BY line, ordinal
            """
        )
        for try await row in rows {
            let (line, ordinal, code, json) = try row.decode((Int32, Int32, String, String).self)
            try body(
                Refusal(
                    line: Int(line),
                    ordinal: Int(ordinal),
                    code: try stored(ConflictCode.self, code),
                    json: json
                )
            )
        }
    }
}
