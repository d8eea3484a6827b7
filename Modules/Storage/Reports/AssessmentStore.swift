public import DomainModel
public import PostgresClient

/// Keeps assessments and their findings. What is kept is never changed: the same question finds its old answer.
public struct AssessmentStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The assessment that answers a question, when it was asked before.
    ///
    /// - Parameters:
    ///   - plan: Code of the plan.
    ///   - period: The period assessed at.
    ///   - asOf: The instant whose knowledge was used.
    ///   - method: Name and version of the method.
    ///   - parameters: The method's parameters.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func answering(
        plan: String,
        period: Period,
        asOf: Instant,
        method: String,
        parameters: [String: String]
    ) async throws -> Assessment? {
        let row = try await connection.queryOne(
            """
            /* reports.assessment.answering */ SELECT \(unescaped: Self.columns) FROM reports.assessment
            WHERE plan_code = \(plan) AND period = \(period.description) AND as_of = \(PostgresTimestamp(asOf))
                AND method = \(method) AND parameters = \(try CanonicalJSON.text(parameters))::jsonb
            """
        )
        return try await withFindings(row)
    }

    /// An assessment with its findings, by its number.
    public func find(_ id: Int64) async throws -> Assessment? {
        let row = try await connection.queryOne(
            """
            /* reports.assessment.byID */ SELECT \(unescaped: Self.columns) FROM reports.assessment WHERE id = \(id)
            """
        )
        return try await withFindings(row)
    }

    /// Assessments, newest first, without their findings.
    ///
    /// - Parameters:
    ///   - plan: Only those of a plan.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the number of its last item.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(plan: String?, _ question: ListQuestion) async throws -> Page<Assessment> {
        var conditions = ListConditions()
        conditions.equal("plan_code", plan)
        return try await Self.listing.page(
            question,
            where: conditions,
            on: connection,
            cursor: { String($0.id) },
            read: { try Self.assessment($0, findings: []) }
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing.sortable }

    private static let listing = Listing(
        marker: "reports.assessment.list",
        columns: columns,
        tables: "reports.assessment",
        key: [Listing.Key(column: "id", type: "bigint")],
        isDescending: true,
        orders: [
            "id": "id"
        ]
    )

    /// Keeps an assessment.
    ///
    /// - Parameter assessment: The assessment; its number and creation time are given by the database.
    /// - Returns: The assessment as kept. When somebody else asked the same question in the meantime, theirs.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func create(_ assessment: Assessment) async throws -> Assessment {
        let row = try await connection.queryOne(
            """
            /* reports.assessment.create */ INSERT INTO reports.assessment
                (plan_code, plan, period, as_of, method, parameters)
            VALUES (\(assessment.plan.code), \(try CanonicalJSON.text(assessment.plan))::jsonb,
                \(assessment.period.description), \(PostgresTimestamp(assessment.asOf)), \(assessment.method),
                \(try CanonicalJSON.text(assessment.parameters))::jsonb)
            ON CONFLICT (plan_code, period, as_of, method, parameters) DO NOTHING
            RETURNING id
            """
        )
        if let row {
            let id = try row.decode(Int64.self)
            let contents = try assessment.findings.map { try CanonicalJSON.text($0) }
            _ = try await connection.execute(
                """
                /* reports.finding.create */ INSERT INTO reports.finding (assessment_id, ordinal, content)
                SELECT \(id), position, content::jsonb
                FROM unnest(\(contents)::text[]) WITH ORDINALITY AS made (content, position) ORDER BY position
                """
            )
        }
        let kept = try await answering(
            plan: assessment.plan.code,
            period: assessment.period,
            asOf: assessment.asOf,
            method: assessment.method,
            parameters: assessment.parameters
        )
        guard let kept else { throw StorageError.missing("the assessment of \(assessment.plan.code)") }
        return kept
    }

    /// A finding by its number, with the number of its assessment.
    public func finding(_ id: Int64) async throws -> (assessment: Int64, finding: Finding)? {
        let row = try await connection.queryOne(
            """
            /* reports.finding.byID */ SELECT id, content::text, assessment_id FROM reports.finding WHERE id = \(id)
            """
        )
        guard let row else { return nil }
        let (id, content, assessment) = try row.decode((Int64, String, Int64).self)
        return (assessment, try Self.finding(id, content))
    }

    private static let columns = "id, plan::text, period, as_of, method, parameters::text, created_at"

    private func withFindings(_ row: PostgresRow?) async throws -> Assessment? {
        guard let row else { return nil }
        let id = try Self.assessment(row, findings: []).id
        let findings = try await connection.query(
            """
            /* reports.finding.list */ SELECT id, content::text FROM reports.finding
            WHERE assessment_id = \(id) ORDER BY ordinal
            """
        ).map { row in
            let (id, content) = try row.decode((Int64, String).self)
            return try Self.finding(id, content)
        }
        return try Self.assessment(row, findings: findings)
    }

    private static func finding(_ id: Int64, _ content: String) throws -> Finding {
        try CanonicalJSON.decode(Finding.self, from: content).with(lineage: LineageCode.finding(id: id).description)
    }

    private static func assessment(_ row: PostgresRow, findings: [Finding]) throws -> Assessment {
        let (id, plan, period, asOf, method, parameters, createdAt) = try row.decode(
            (Int64, String, String, PostgresTimestamp, String, String, PostgresTimestamp).self
        )
        guard let period = Period(period) else { throw StorageError.unknownCode(period) }
        return Assessment(
            id: id,
            plan: try CanonicalJSON.decode(Plan.self, from: plan),
            period: period,
            asOf: Instant(asOf),
            method: method,
            parameters: try CanonicalJSON.decode([String: String].self, from: parameters),
            createdAt: Instant(createdAt),
            findings: findings
        )
    }
}
