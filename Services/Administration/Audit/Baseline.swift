import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// What a baseline is asked for with.
struct BaselineOrder: Codable, Sendable {
    /// Why the records may be taken as they are.
    let reason: String
}

/// Writes an event for each record that is older than the trail, so that from then on a change of it is found.
///
/// A record that any other event tells of is left alone, and events of changes outweigh baselines whatever their order:
/// see ``RecordStateStore/compare(_:_:)``.
struct Baseline: Sendable {
    let platform: Platform

    // Short transactions: each holds the head of a chain to its end.
    private static let eventsAtOnce = 500

    /// Writes the events, a page in a transaction; what is written stays when it ends in the middle.
    ///
    /// - Parameters:
    ///   - reason: Why the records may be taken as they are.
    ///   - principal: Who says so.
    ///   - activity: On what occasion.
    /// - Returns: How many records of each kind got an event.
    /// - Throws: `PostgresError`.
    func take(reason: String, by principal: Principal, activity: String) async throws -> [BaselineCount] {
        var counts: [BaselineCount] = []
        for kind in RecordKind.all {
            // In the platform's own name: records that the caller's regions hide are covered as well.
            let found = try await platform.read(.service("administration")) { connection in
                var found: [(key: String, digest: AuditDigest)] = []
                try await RecordStateStore(connection).compare(kind) { key, state, last in
                    if last == nil, let state { found.append((key, AuditDigest(of: state))) }
                }
                return found
            }
            var rest = found[...]
            while !rest.isEmpty {
                let page = rest.prefix(Self.eventsAtOnce)
                rest = rest.dropFirst(page.count)
                try await platform.write(Activity(principal: principal, id: activity)) { work in
                    work.record(
                        page.map { key, digest in
                            AuditEntry("\(kind.name).\(RecordKind.baseline)", of: key, after: digest, reason: reason)
                        }
                    )
                }
            }
            if !found.isEmpty { counts.append(BaselineCount(kind: kind.name, records: Int64(found.count))) }
        }
        return counts
    }
}
