import AuditTrail
import DomainModel
import NIOCore
import PostgresClient
import ServiceKit
import Storage

/// Writes the trail as it stood at one instant, line by line; its memory does not grow with the trail.
///
/// No transaction stays open while a slow receiver takes the lines: what stands before a head never changes, so the
/// heads of one snapshot say what belongs to it.
struct TrailExport: Sendable {
    let platform: Platform
    let principal: Principal

    private static let eventsAtOnce = 1_000
    private static let checkpointsAtOnce = 100

    /// Writes header, checkpoints, events and end.
    @concurrent
    func write(to writer: inout BodyWriter) async throws {
        let (now, newest, ends) = try await platform.read(principal) { connection in
            // Checkpoints first: one that is made in between must not sign for more than the heads that follow.
            let newest = try await CheckpointStore(connection).list(before: nil, limit: 1).first?.checkpoint.number
            let clock = try await connection.queryOne("/* audit.clock */ SELECT clock_timestamp()")
            guard let now = try clock?.decode(PostgresTimestamp.self) else { throw StorageError.missing("the clock") }
            return (Instant(now), newest ?? 0, try await AuditStore(connection).ends())
        }
        let header = TrailLine.Header(exportedAt: now, publicKey: platform.auditKey?.publicKey)
        try await writer.write(ByteBuffer(bytes: TrailLine.header(header).bytes))
        var (checkpoints, events) = (Int64(0), Int64(0))
        var number: Int64 = 0
        while true {
            let after = number
            let page = try await platform.read(principal) { connection in
                try await CheckpointStore(connection)
                    .list(after: after, upTo: newest, limit: Self.checkpointsAtOnce)
            }
            guard let last = page.last else { break }
            number = last.checkpoint.number
            checkpoints += Int64(page.count)
            try await writer.write(ByteBuffer(bytes: page.flatMap { TrailLine.checkpoint($0).bytes }))
        }
        for end in ends {
            var sequence: Int64 = 0
            while sequence < end.last {
                let after = sequence
                let page = try await platform.read(principal) { connection in
                    try await AuditStore(connection)
                        .events(of: end.head.chain, after: after, upTo: end.last, limit: Self.eventsAtOnce)
                }
                guard let last = page.last else { break }
                sequence = last.event.sequence
                events += Int64(page.count)
                try await writer.write(ByteBuffer(bytes: page.flatMap { TrailLine.event($0).bytes }))
            }
        }
        let end = TrailLine.End(checkpoints: checkpoints, events: events, heads: ends.map(\.head))
        try await writer.write(ByteBuffer(bytes: TrailLine.end(end).bytes))
    }
}
