/// What went wrong between this process and PostgreSQL.
///
/// ``description`` never holds data: it has the codes and the names of schema objects, and is fit for logs and metric
/// labels. ``debugDescription`` has everything the server said, values included.
///
/// ```swift
/// do {
///     try await pool.execute("INSERT INTO region (code) VALUES (\(code))")
/// } catch let error as PostgresError where error.sqlState == .uniqueViolation {
///     // error.constraint names which
/// }
/// ```
public struct PostgresError: Error, Sendable {
    /// The kind of a ``PostgresError``; more kinds may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable spelling.
        public let rawValue: String

        /// The server refused a statement: see ``PostgresError/sqlState``.
        public static let server = Code(rawValue: "server")
        /// The connection broke while it was in use, or before.
        public static let connectionLost = Code(rawValue: "connection-lost")
        /// No connection could be made.
        public static let connectionFailed = Code(rawValue: "connection-failed")
        /// The connection string is malformed.
        public static let configuration = Code(rawValue: "configuration")
        /// No connection became free within the pool's acquire timeout.
        public static let poolTimeout = Code(rawValue: "pool-timeout")
        /// The pool was shut down.
        public static let poolShutDown = Code(rawValue: "pool-shut-down")
        /// A bind cannot be sent: too many, too large, or without a PostgreSQL form.
        public static let encoding = Code(rawValue: "encoding")
        /// A cell is not of the type asked for.
        public static let decoding = Code(rawValue: "decoding")
        /// The task was cancelled; a statement that ran was cancelled at the server too.
        public static let cancelled = Code(rawValue: "cancelled")
        /// The statement timeout passed; or the connect timeout, and then there is no ``PostgresError/sqlState``.
        public static let timeout = Code(rawValue: "timeout")
        /// COMMIT was asked for, but the server rolled back since a statement had failed before.
        public static let transactionRolledBack = Code(rawValue: "transaction-rolled-back")
        /// The call does not fit what the connection is doing (a stream is open, a COPY has ended, …).
        public static let protocolState = Code(rawValue: "protocol-state")

        /// The stable spelling.
        public var description: String { rawValue }
    }

    /// The fields of the server's message.
    struct Server: Sendable {
        var message: String?
        var detail: String?
        var hint: String?
        var context: String?
        var schema: String?
        var table: String?
        var column: String?
        var dataType: String?
        var constraint: String?
        var routine: String?
        var position: Int?
    }

    /// Boxed, so that the error is two words and throwing it is cheap.
    private final class Storage: Sendable {
        let server: Server
        let query: String?
        let reason: String?

        init(server: Server, query: String?, reason: String?) {
            self.server = server
            self.query = query
            self.reason = reason
        }
    }

    /// The kind of the error.
    public let code: Code
    /// The server's classification, when the server spoke.
    public let sqlState: SQLState?
    /// True when the connection broke after the statement was sent: whether it took effect is not known.
    public let effectUnknown: Bool
    private let storage: Storage

    init(
        _ code: Code,
        sqlState: SQLState? = nil,
        server: Server = Server(),
        query: String? = nil,
        reason: String? = nil,
        effectUnknown: Bool = false
    ) {
        self.code = code
        self.sqlState = sqlState
        self.effectUnknown = effectUnknown
        self.storage = Storage(server: server, query: query, reason: reason)
    }

    /// The violated constraint's name.
    public var constraint: String? { storage.server.constraint }
    /// The schema of the object that the error is about.
    public var schema: String? { storage.server.schema }
    /// The table that the error is about.
    public var table: String? { storage.server.table }
    /// The column that the error is about.
    public var column: String? { storage.server.column }
    /// The routine of the server's source that reported the error.
    public var routine: String? { storage.server.routine }
    /// Where in the statement, counted in characters from 1.
    public var position: Int? { storage.server.position }
    /// The server's primary message, in the server's language. **May contain data.**
    public var message: String? { storage.server.message }
    /// The server's second message. **May contain data.**
    public var detail: String? { storage.server.detail }
    /// How to mend it: the server's advice, or ours where no connection could be made.
    public var hint: String? {
        storage.server.hint
            ?? (code == .connectionFailed
                ? "check host, port, database, user and sslmode of the connection string; whether the server runs; and"
                    + " whether its pg_hba.conf admits this user from this host"
                : nil)
    }
    /// The marker of the statement: the text of its leading `/* … */` comment, or its first word.
    public var marker: String? { storage.query.map(PostgresQuery.marker(of:)) }

    /// The same error, known to be about a statement, if it does not say so yet.
    func about(_ query: String) -> PostgresError {
        guard storage.query == nil else {
            return self
        }
        return replacing(code: code, query: query)
    }

    /// The same error with more about what was being done; no data.
    func explained(_ more: String) -> PostgresError {
        PostgresError(
            code,
            sqlState: sqlState,
            server: storage.server,
            query: storage.query,
            reason: storage.reason.map { "\($0); \(more)" } ?? more,
            effectUnknown: effectUnknown
        )
    }

    func replacing(code: Code, effectUnknown: Bool? = nil, query: String? = nil) -> PostgresError {
        PostgresError(
            code,
            sqlState: sqlState,
            server: storage.server,
            query: storage.query ?? query,
            reason: storage.reason,
            effectUnknown: effectUnknown ?? self.effectUnknown
        )
    }

    /// True for a cached plan whose result type changed with the schema. The message is localised; the routine is not.
    var isStalePlan: Bool {
        sqlState == .featureNotSupported && routine == "RevalidateCachedQuery"
            || sqlState == .invalidSQLStatementName
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Codes and names, no data.
    public var description: String {
        var parts = [code.rawValue]
        if let sqlState {
            parts.append("SQLSTATE \(sqlState)")
        }
        let named = [
            ("constraint", constraint), ("schema", schema), ("table", table), ("column", column),
            ("routine", routine), ("statement", marker),
        ]
        for case (let name, .some(let value)) in named {
            parts.append("\(name) \(value)")
        }
        if let position {
            parts.append("position \(position)")
        }
        if let reason = storage.reason {
            parts.append(reason)
        }
        if effectUnknown {
            parts.append("whether it took effect is unknown")
        }
        return "PostgreSQL: " + parts.joined(separator: ", ")
    }

    /// Everything, the server's messages and the SQL included.
    public var debugDescription: String {
        var lines = [description]
        let server = storage.server
        let fields = [
            ("message", server.message), ("detail", server.detail), ("hint", server.hint),
            ("context", server.context), ("type", server.dataType), ("SQL", storage.query),
        ]
        for case (let name, .some(let value)) in fields {
            lines.append("  \(name): \(value)")
        }
        return lines.joined(separator: "\n")
    }
}
