public import DomainModel
public import PostgresClient

/// Requests that are answered later: what was asked, and how it stands. The work itself is a job of the same number.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct OperationStore {
    /// A request as it was taken.
    public struct Order: Sendable, Hashable {
        /// Who sent it.
        public let principal: String
        /// The permissions that the sender's token was limited to; `nil` for no limit.
        public let scope: [String]?
        /// The id of the request.
        public let requestID: String
        /// Path and query.
        public let target: String
        /// The language of texts in the answer.
        public let language: String
        /// `Content-Type` of the body.
        public let mediaType: String?
        /// The body, not compressed.
        public let body: [UInt8]

        /// Makes an order of its parts.
        public init(
            principal: String,
            scope: [String]?,
            requestID: String,
            target: String,
            language: String,
            mediaType: String?,
            body: [UInt8]
        ) {
            self.principal = principal
            self.scope = scope
            self.requestID = requestID
            self.target = target
            self.language = language
            self.mediaType = mediaType
            self.body = body
        }
    }

    /// Under which name of a principal the answer of an operation is kept; no person has such a one.
    public static func answerOwner(_ id: Int64) -> String { "operation:\(id)" }

    /// Under which key the answer of an operation is kept.
    public static let answerKey = "answer"

    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Keeps a request, in the transaction that puts its job into the queue.
    ///
    /// - Parameters:
    ///   - order: The request.
    ///   - id: The number of the job.
    ///   - seconds: How long it is kept.
    /// - Throws: ``PostgresError``
    public func create(_ order: Order, job id: Int64, keptFor seconds: Int) async throws {
        try await connection.execute(
            """
            /* requests.operation.create */
            INSERT INTO requests.operation
                (id, principal, scope, request_id, target, language, media_type, body, expires_at)
            VALUES (\(id), \(order.principal), \(order.scope), \(order.requestID), \(order.target), \(order.language),
                \(order.mediaType), \(order.body), now() + \(Int64(seconds)) * interval '1 second')
            """
        )
    }

    /// The request of a job.
    ///
    /// - Throws: ``PostgresError``
    public func order(_ id: Int64) async throws -> Order? {
        let row = try await connection.queryOne(
            """
            /* requests.operation.order */
            SELECT principal, scope, request_id, target, language, media_type, body FROM requests.operation
            WHERE id = \(id)
            """
        )
        guard let row else { return nil }
        let (principal, scope, requestID, target, language, mediaType, body) = try row.decode(
            (String, [String]?, String, String, String, String?, [UInt8]).self
        )
        return Order(
            principal: principal,
            scope: scope,
            requestID: requestID,
            target: target,
            language: language,
            mediaType: mediaType,
            body: body
        )
    }

    /// Records the problem that an operation came to.
    ///
    /// - Parameters:
    ///   - id: The operation.
    ///   - problem: Problem details as JSON.
    /// - Throws: ``PostgresError``
    public func fail(_ id: Int64, problem: [UInt8]) async throws {
        try await connection.execute(
            """
            /* requests.operation.fail */
            UPDATE requests.operation SET problem = \(PostgresJSONB(problem)) WHERE id = \(id)
            """
        )
    }

    /// Deletes operations that were kept long enough.
    ///
    /// - Parameter limit: How many at most, so that the transaction is short.
    /// - Returns: How many were deleted.
    /// - Throws: ``PostgresError``
    public func sweep(limit: Int) async throws -> Int {
        try await connection.execute(
            """
            /* requests.operation.sweep */
            DELETE FROM requests.operation WHERE id IN (
                SELECT id FROM requests.operation WHERE expires_at <= now()
                ORDER BY expires_at LIMIT \(Int64(limit)) FOR UPDATE SKIP LOCKED)
            """
        )
    }

    /// An operation as it stands now.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - principal: Only one of theirs; `nil` for anybody's.
    /// - Returns: The operation, unless there is none or it was kept long enough.
    /// - Throws: ``PostgresError``, ``StorageError``
    public func find(_ id: Int64, of principal: String?) async throws -> OperationRecord? {
        var conditions = Self.conditions(principal, nil)
        conditions.equal("o.id", id)
        let page = try await Self.page(ListQuestion(limit: 1), conditions, on: connection)
        return page.items.first
    }

    /// Operations, newest first.
    ///
    /// - Parameters:
    ///   - principal: Only theirs; `nil` for everybody's.
    ///   - state: Only those in a state.
    ///   - question: Which page.
    /// - Returns: A page whose cursor is the number of its last item.
    /// - Throws: ``PostgresError``, ``StorageError``
    public func list(
        of principal: String?,
        state: OperationRecord.State?,
        _ question: ListQuestion
    ) async throws -> Page<OperationRecord> {
        try await Self.page(question, Self.conditions(principal, state), on: connection)
    }

    private static func conditions(_ principal: String?, _ state: OperationRecord.State?) -> ListConditions {
        var conditions = ListConditions()
        conditions.add("o.expires_at > now()")
        conditions.equal("o.principal", principal)
        conditions.equal("s.state", state?.rawValue)
        return conditions
    }

    private static func page(
        _ question: ListQuestion,
        _ conditions: ListConditions,
        on connection: PostgresConnection
    ) async throws -> Page<OperationRecord> {
        try await listing.page(
            question,
            where: conditions,
            on: connection,
            cursor: { String($0.id) },
            read: record
        )
    }
}
