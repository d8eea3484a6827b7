public import PostgresClient

/// Answers kept by the idempotency key of their request.
///
/// Expiry goes by the database's clock, so that the clocks of the hosts do not matter.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct AnswerStore {
    /// An answer as it was given.
    public struct Answer: Sendable, Hashable {
        /// The status, 200…299.
        public let status: Int
        /// Names and values of header fields by turns.
        public let headers: [String]
        /// The body, not compressed.
        public let body: [UInt8]

        /// Makes an answer.
        public init(status: Int, headers: [String], body: [UInt8]) {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    /// What a key stands for.
    public enum Claim: Sendable, Hashable {
        /// It was free, and is the caller's when the transaction commits.
        case claimed
        /// Another transaction that is still open has it.
        case inFlight
        /// It was used, by a request with this fingerprint; the answer is absent when it was never kept.
        case used(fingerprint: [UInt8], answer: Answer?)
    }

    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Takes a key for the caller's transaction, or says what it stands for.
    ///
    /// Never waits for another transaction. What keeps two from having the same key is the table's own.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - principal: Whose key it is.
    ///   - fingerprint: 32 bytes that stand for the request.
    ///   - seconds: How long it is remembered.
    /// - Returns: What the key stands for.
    /// - Throws: ``PostgresError``; 40001 under `repeatableRead` when the key was taken meanwhile: try again.
    public func claim(
        _ key: String,
        of principal: String,
        fingerprint: [UInt8],
        keptFor seconds: Int
    ) async throws
        -> Claim
    {
        let row = try await connection.queryOne(
            """
            /* requests.answer.claim */
            WITH lock AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(hashtextextended(\(principal)::text || chr(10) || \(key)::text, 0)) AS got
            ), taken AS (
                INSERT INTO requests.answer (principal, key, fingerprint, expires_at)
                SELECT \(principal)::text, \(key)::text, \(fingerprint), now() + \(Int64(seconds)) * interval '1 second'
                FROM lock WHERE got
                ON CONFLICT (principal, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = NULL,
                    headers = NULL, body = NULL, created_at = now(), expires_at = excluded.expires_at
                WHERE answer.expires_at <= now()
                RETURNING true
            )
            SELECT got, EXISTS (SELECT FROM taken) FROM lock
            """
        )
        guard let (got, taken) = try row?.decode((Bool, Bool).self), got else { return .inFlight }
        if taken { return .claimed }
        return try await find(key, of: principal) ?? .inFlight
    }

    /// What a key stands for, if it was used and has not expired.
    ///
    /// - Throws: ``PostgresError``
    public func find(_ key: String, of principal: String) async throws -> Claim? {
        let row = try await connection.queryOne(
            """
            /* requests.answer.find */
            SELECT fingerprint, status, headers, body FROM requests.answer
            WHERE principal = \(principal) AND key = \(key) AND expires_at > now()
            """
        )
        guard let row else { return nil }
        let (fingerprint, status, headers, body) = try row.decode(([UInt8], Int16?, [String]?, [UInt8]?).self)
        guard let status, let headers, let body else { return .used(fingerprint: fingerprint, answer: nil) }
        return .used(fingerprint: fingerprint, answer: Answer(status: Int(status), headers: headers, body: body))
    }

    /// Keeps the answer under a key that was claimed.
    ///
    /// - Throws: ``PostgresError``
    public func keep(_ answer: Answer, under key: String, of principal: String) async throws {
        try await connection.execute(
            """
            /* requests.answer.keep */
            UPDATE requests.answer SET status = \(Int16(clamping: answer.status)), headers = \(answer.headers),
                body = \(answer.body)
            WHERE principal = \(principal) AND key = \(key)
            """
        )
    }

    /// Deletes answers that have expired.
    ///
    /// - Parameter limit: How many at most, so that the transaction is short.
    /// - Returns: How many were deleted.
    /// - Throws: ``PostgresError``
    public func sweep(limit: Int) async throws -> Int {
        try await connection.execute(
            """
            /* requests.answer.sweep */
            DELETE FROM requests.answer WHERE (principal, key) IN (
                SELECT principal, key FROM requests.answer WHERE expires_at <= now()
                ORDER BY expires_at LIMIT \(Int64(limit)) FOR UPDATE SKIP LOCKED)
            """
        )
    }
}
