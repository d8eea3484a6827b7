import DomainModel
public import PostgresClient

/// Reads what an explanation of access needs beside grants: where records and regions lie.
public struct AccessQuestions {
    private let connection: PostgresConnection

    /// Uses a connection that sees every region.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A region and those that it is part of, from the inside out; empty when there is none of the code.
    public func path(of region: String) async throws -> [String] {
        try await connection.query(
            """
            /* identity.access.path */ WITH RECURSIVE up AS (
                SELECT code, parent_code, 1 AS step FROM registry.region WHERE code = \(region)
                UNION
                SELECT r.code, r.parent_code, up.step + 1 FROM up JOIN registry.region r ON r.code = up.parent_code
                -- A tree that bites its tail must not hang the question.
                WHERE up.step < 64
            )
            SELECT code FROM up ORDER BY step
            """
        ).map { try $0.decode(String.self) }
    }

    /// A kind of record that lies in a region.
    public enum Kind: String, Sendable, CaseIterable {
        /// A record of the register, by its key.
        case record
        /// A plan, by its code.
        case plan
        /// A target, by its lineage code.
        case target
        /// An observation, by its lineage code.
        case observation
        /// An assessment, by its number.
        case assessment
        /// An edition of a report, by its number.
        case edition
    }

    /// Where a record lies.
    public enum Place: Sendable, Equatable {
        /// There is no such record.
        case missing
        /// In no region.
        case nowhere
        /// In a region.
        case region(String)
    }

    /// Where a record lies.
    public func place(of kind: Kind, _ id: String) async throws -> Place {
        let query: PostgresQuery
        switch kind {
        case .record:
            query = """
                SELECT g.code FROM registry.record r LEFT JOIN registry.region g ON g.id = r.region_id
                WHERE r.key = \(id)
                """
        case .plan: query = "SELECT region_code FROM statistics.plan WHERE code = \(id)"
        case .target:
            guard case .target(let number) = LineageCode(id) else { return .missing }
            query = """
                SELECT p.region_code FROM statistics.target t JOIN statistics.plan p ON p.code = t.plan_code
                WHERE t.id = \(number)
                """
        case .observation:
            guard case .observation(let series, _, _) = LineageCode(id) else { return .missing }
            query = """
                SELECT r.code FROM statistics.series s JOIN registry.region r ON r.id = s.region_id
                WHERE s.id = \(series)
                """
        case .assessment:
            guard let number = Int64(id) else { return .missing }
            query = "SELECT plan ->> 'region' FROM reports.assessment WHERE id = \(number)"
        case .edition:
            guard let number = Int64(id) else { return .missing }
            query = """
                SELECT a.plan ->> 'region' FROM reports.edition e JOIN reports.assessment a ON a.id = e.assessment_id
                WHERE e.id = \(number)
                """
        }
        guard let row = try await connection.queryOne(query) else { return .missing }
        return try row.decode(String?.self).map { .region($0) } ?? .nowhere
    }
}
