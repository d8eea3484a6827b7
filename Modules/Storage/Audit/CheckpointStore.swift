public import AuditTrail
import DomainModel
public import PostgresClient

/// Keeps the signed checkpoints of the audit trail.
public struct CheckpointStore {
    private let connection: PostgresConnection

    /// Uses a connection; for writing it is in a transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Signs the heads of all chains as they are committed now.
    ///
    /// Writers do not wait for it, and what they have not committed is not in it. Two checkpoints at the same time come
    /// one after the other.
    ///
    /// - Parameter key: Signs it.
    /// - Returns: The checkpoint; the newest one, when nothing was written since.
    /// - Throws: `PostgresError`; ``StorageError``; `CryptoError`.
    public func create(signedWith key: AuditKey) async throws -> (checkpoint: SignedCheckpoint, isNew: Bool) {
        // The first head stands for the right to sign: one signs at a time, and writers take another chain meanwhile.
        _ = try await connection.query(
            "/* audit.checkpoint.lock */ SELECT sequence FROM audit.head ORDER BY chain LIMIT 1 FOR UPDATE"
        )
        let newest = try await list(before: nil, limit: 1).first
        let heads = try await AuditStore(connection).heads()
        let fingerprint = key.publicKey.fingerprint
        if let newest, newest.checkpoint.heads == heads, newest.checkpoint.key == fingerprint { return (newest, false) }
        let clock = try await connection.queryOne("/* audit.clock */ SELECT clock_timestamp()")
        guard let at = try clock?.decode(PostgresTimestamp.self) else { throw StorageError.missing("the clock") }
        let signed = try key.sign(
            AuditCheckpoint(
                number: (newest?.checkpoint.number ?? 0) + 1,
                at: Instant(at),
                previous: newest?.checkpoint.digest ?? .genesis,
                key: fingerprint,
                heads: heads
            )
        )
        _ = try await connection.execute(
            """
            /* audit.checkpoint.create */ INSERT INTO audit.checkpoint (number, content, signature)
            VALUES (\(signed.checkpoint.number), \(signed.checkpoint.canonical.canonicalText), \(signed.signature))
            """
        )
        return (signed, true)
    }

    /// Checkpoints, newest first.
    ///
    /// - Parameters:
    ///   - before: Only those with a smaller number.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`.
    public func list(before: Int64?, limit: Int) async throws -> [SignedCheckpoint] {
        try await connection.query(
            """
            /* audit.checkpoint.list */ SELECT number, content, signature FROM audit.checkpoint
            WHERE \(before)::bigint IS NULL OR number < \(before) ORDER BY number DESC LIMIT \(limit)
            """
        ).map(Self.checkpoint)
    }

    /// Checkpoints, oldest first.
    ///
    /// - Parameters:
    ///   - after: Only those with a greater number.
    ///   - last: Only those up to this number.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`.
    public func list(after: Int64, upTo last: Int64, limit: Int) async throws -> [SignedCheckpoint] {
        try await connection.query(
            """
            /* audit.checkpoint.page */ SELECT number, content, signature FROM audit.checkpoint
            WHERE number > \(after) AND number <= \(last) ORDER BY number LIMIT \(limit)
            """
        ).map(Self.checkpoint)
    }

    /// Reads every checkpoint, oldest first, row by row.
    public func readAll(_ body: (SignedCheckpoint) async throws -> Void) async throws {
        let rows = try await connection.stream(
            "/* audit.checkpoint.all */ SELECT number, content, signature FROM audit.checkpoint ORDER BY number"
        )
        for try await row in rows { try await body(try Self.checkpoint(row)) }
    }

    // A row that cannot be read was not written by this program. It is given as it is, with no heads, so that the
    // verification finds that nobody signed that.
    private static func checkpoint(_ row: PostgresRow) throws -> SignedCheckpoint {
        let (number, content, signature) = try row.decode((Int64, String, [UInt8]).self)
        let read = (try? CanonicalValue(json: content)).flatMap { AuditCheckpoint(canonical: $0) }
        if let read, read.number == number, read.canonical.canonicalText == content {
            return SignedCheckpoint(checkpoint: read, signature: signature)
        }
        let unreadable = AuditCheckpoint(
            number: number,
            at: Instant(microsecondsSince1970: 0),
            previous: AuditDigest(of: Array(content.utf8)),
            key: .genesis,
            heads: []
        )
        return SignedCheckpoint(checkpoint: unreadable, signature: signature)
    }
}
