import AuditTrail
public import PostgresClient

/// What a reader of personal data must say of the reading.
public struct AuditedRead: Sendable {
    /// The kind of things whose data they are.
    public let kind: String
    /// Which of them.
    public let keys: [String]
    /// The names of the personal fields that are shown.
    public let fields: [String]
    /// What for: as the person who reads has said it.
    public let purpose: String

    /// Says what is read and what for.
    public init(of kind: String, _ keys: [String], fields: [String], purpose: String) {
        self.kind = kind
        self.keys = keys
        self.fields = fields
        self.purpose = purpose
    }
}

extension Platform {
    /// Runs the body, which reads personal data, and records for each subject that it was read.
    ///
    ///     let person = try await platform.audit(
    ///         read: AuditedRead(of: "person", [id], fields: ["phone"], purpose: purpose),
    ///         as: request.activity
    ///     ) { connection in try await PersonStore(connection).find(id) }
    ///
    /// The caller gets what was read only when the events are committed.
    ///
    /// - Parameters:
    ///   - read: Whose data, which fields, what for.
    ///   - activity: In whose name, and on what occasion.
    ///   - body: Reads by the connection. It may run several times.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; `PostgresError`; ``AuditError/purposeMissing(activity:)``.
    public func audit<Result>(
        read: AuditedRead,
        as activity: Activity,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        guard read.purpose.contains(where: { !$0.isWhitespace }), !read.keys.isEmpty else {
            throw AuditError.purposeMissing(activity: activity.id)
        }
        return try await write(activity) { work in
            let result = try await body(work.connection)
            let fields = CanonicalValue.array(read.fields.sorted().map { .text($0) })
            work.record(
                read.keys.map { key in
                    AuditEntry("\(read.kind).read", of: key, details: ["fields": .clear(fields)], reason: read.purpose)
                }
            )
            return result
        }
    }
}
