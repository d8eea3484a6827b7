public import AuditTrail
public import DomainModel
public import PostgresClient

/// Adds links to the chains of the audit trail.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct AuditStore {
    let connection: PostgresConnection

    /// Uses a connection; for writing it is in a transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Where in the trail a transaction writes.
    public struct Position: Sendable {
        /// The head that it holds.
        public let head: ChainHead
        /// The number of the occasion.
        public let occasion: Int64
        /// The present instant by the clock of the database.
        public let at: Instant
    }

    /// Takes a chain that no other transaction holds; waits for one only when all are held.
    ///
    /// The head is locked to the end of the transaction: take it last.
    ///
    /// - Throws: `PostgresError`; with 40001 when the transaction has a snapshot that is older than the head.
    public func takePosition() async throws -> Position {
        let row = try await connection.queryOne(
            """
            /* audit.head.take */ SELECT chain, sequence, hash, nextval('audit.occasion'), clock_timestamp()
            FROM (SELECT chain, sequence, hash FROM audit.head ORDER BY chain LIMIT 1 FOR UPDATE SKIP LOCKED) AS head
            """
        )
        if let row { return try Self.position(row) }
        return try await position(on: try await waitForHead())
    }

    /// Takes a chain at the start of a transaction that reads from one snapshot, before it has that snapshot.
    ///
    /// At its end it could not: whoever wrote meanwhile has moved the head, and PostgreSQL gives no newer row to an
    /// older snapshot. From the other end of the list than ``takePosition()``, so that the two seldom meet.
    ///
    /// - Throws: `PostgresError`; with 40001 when the head moved in that very moment.
    public func takeHead() async throws -> ChainHead {
        let row = try await connection.queryOne(
            """
            /* audit.head.takeFirst */ SELECT chain, sequence, hash FROM audit.head
            ORDER BY chain DESC LIMIT 1 FOR UPDATE SKIP LOCKED
            """
        )
        guard let row else { return try await waitForHead() }
        return try Self.head(row)
    }

    /// The occasion and the instant for a head that is held already.
    public func position(on head: ChainHead) async throws -> Position {
        let row = try await connection.queryOne(
            "/* audit.occasion */ SELECT nextval('audit.occasion'), clock_timestamp()"
        )
        guard let row else { throw StorageError.missing("the clock") }
        let (occasion, at) = try row.decode((Int64, PostgresTimestamp).self)
        return Position(head: head, occasion: occasion, at: Instant(at))
    }

    private func waitForHead() async throws -> ChainHead {
        let chain = Int16.random(in: 0..<Int16(AuditMigrations.chains))
        let row = try await connection.queryOne(
            "/* audit.head.wait */ SELECT chain, sequence, hash FROM audit.head WHERE chain = \(chain) FOR UPDATE"
        )
        guard let row else { throw StorageError.missing("audit chain \(chain)") }
        return try Self.head(row)
    }

    /// Adds links to the chain that is held.
    ///
    /// - Parameters:
    ///   - links: In order, each hanging on the one before it, the first on `head`.
    ///   - head: The head that the transaction holds.
    /// - Throws: `PostgresError`; ``StorageError/missing(_:)`` when the head is not there any more.
    public func append(_ links: [LinkedEvent], to head: ChainHead) async throws {
        guard let last = links.last else { return }
        let events = links.map(\.event)
        let moved = try await connection.execute(
            """
            /* audit.event.append */ WITH added AS (
                INSERT INTO audit.event (
                    chain, sequence, occasion, at, principal, activity, action, subject_kind, subject_key, reason,
                    before, after, details, hash
                )
                SELECT \(Int16(head.chain)), sequence, occasion, at, principal, activity, action, subject_kind,
                    subject_key, reason, decode(before, 'hex'), decode(after, 'hex'), details::jsonb,
                    decode(hash, 'hex')
                FROM unnest(
                    \(events.map(\.sequence))::bigint[], \(events.map(\.occasion))::bigint[],
                    \(events.map { PostgresTimestamp($0.at) })::timestamptz[], \(events.map(\.principal))::text[],
                    \(events.map(\.activity))::text[], \(events.map(\.action))::text[],
                    \(events.map(\.subject.kind))::text[], \(events.map(\.subject.key))::text[],
                    \(events.map(\.reason))::text[], \(events.map { $0.before?.description })::text[],
                    \(events.map { $0.after?.description })::text[], \(events.map(\.details.canonicalText))::text[],
                    \(links.map(\.hash.description))::text[]
                ) AS given (
                    sequence, occasion, at, principal, activity, action, subject_kind, subject_key, reason, before,
                    after, details, hash
                )
            )
            UPDATE audit.head SET sequence = \(last.event.sequence), hash = \(last.hash.bytes)
            WHERE chain = \(Int16(head.chain)) AND sequence = \(head.sequence)
            """
        )
        guard moved == 1 else { throw StorageError.missing("the head of audit chain \(head.chain)") }
    }

    static func head(_ row: PostgresRow) throws -> ChainHead {
        let (chain, sequence, hash) = try row.decode((Int16, Int64, [UInt8]).self)
        return ChainHead(chain: Int(chain), sequence: sequence, hash: try digest(hash))
    }

    private static func position(_ row: PostgresRow) throws -> Position {
        let (chain, sequence, hash, occasion, at) = try row.decode(
            (Int16, Int64, [UInt8], Int64, PostgresTimestamp).self
        )
        let head = ChainHead(chain: Int(chain), sequence: sequence, hash: try digest(hash))
        return Position(head: head, occasion: occasion, at: Instant(at))
    }

    static func digest(_ bytes: [UInt8]) throws -> AuditDigest {
        guard let digest = AuditDigest(bytes: bytes) else {
            throw StorageError.outOfRange("a hash of \(bytes.count) bytes")
        }
        return digest
    }
}
