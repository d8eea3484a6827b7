import AuditTrail
import DomainModel
import PostgresClient
import Storage

/// What `/readyz` asks, whatever the plugins.
struct HealthChecks: Sendable {
    let database: PostgresPool
    let migrations: [Migration]
    let directories: PlatformDirectories
    /// Free space under which a host is not ready, in bytes.
    let minimumFreeBytes: Int
    let state: HostState
    /// What the audit trail is signed with.
    let auditKey: AuditKey?

    var all: [HealthCheck] { [connection, schema, disk, queue, audit, shutdown] }

    private var connection: HealthCheck {
        HealthCheck("database") { [database] in
            let start = ContinuousClock.now
            do {
                _ = try await database.query("/* readyz.database */ SELECT 1")
            } catch {
                return HealthReport(trouble: "\(error)", figures: Self.figures(database))
            }
            var figures = Self.figures(database)
            figures["milliseconds"] = .number(Double((ContinuousClock.now - start).nanoseconds / 1_000) / 1_000)
            return HealthReport(figures: figures)
        }
    }

    private static func figures(_ database: PostgresPool) -> [String: HealthReport.Figure] {
        let counts = database.statistics
        return [
            "connectionsInUse": .number(Double(counts.inUse)), "connectionsIdle": .number(Double(counts.idle)),
            "connectionsMaximum": .number(Double(database.configuration.maximumConnections)),
            "waiting": .number(Double(counts.waiting)),
        ]
    }

    /// The version of each schema that this program was built for; the database's own stands in the trouble.
    private var schema: HealthCheck {
        var versions: [String: HealthReport.Figure] = [:]
        for (schema, steps) in Dictionary(grouping: migrations, by: \.schema) {
            versions[schema] = .number(Double(steps.map(\.version).max() ?? 0))
        }
        return HealthCheck("schema") { [migrations, database, versions] in
            do {
                try await SchemaCheck(migrations: migrations).check(database)
                return HealthReport(figures: versions)
            } catch {
                return HealthReport(trouble: "\(error)", figures: versions)
            }
        }
    }

    private var disk: HealthCheck {
        HealthCheck("disk") { [directories, minimumFreeBytes] in
            var figures: [String: HealthReport.Figure] = [:]
            var trouble: String?
            for (name, directory) in [("data", directories.data), ("spool", directories.spool)] {
                guard isWritable(directory), let space = diskSpace(of: directory) else {
                    trouble = trouble ?? "\(directory) cannot be written to"
                    continue
                }
                figures["\(name)FreeBytes"] = .number(Double(space.free))
                figures["\(name)FreePercent"] = .number(
                    (1_000 * Double(space.free) / Double(space.total)).rounded() / 10
                )
                if space.free < minimumFreeBytes {
                    trouble = trouble ?? "\(directory) has \(space.free) bytes left, fewer than \(minimumFreeBytes)"
                }
            }
            return HealthReport(trouble: trouble, figures: figures)
        }
    }

    /// A long queue is no reason to refuse requests: it is told, not judged.
    private var queue: HealthCheck {
        HealthCheck("queue") { [database] in
            do {
                let counts = try await database.withConnection { try await JobStore($0).counts() }
                return HealthReport(figures: [
                    "ageSeconds": .number(((counts.map(\.oldestWait).max() ?? 0) * 1_000).rounded() / 1_000),
                    "waiting": .number(Double(counts.reduce(0) { $0 + $1.waiting })),
                    "running": .number(Double(counts.reduce(0) { $0 + $1.running })),
                    "dead": .number(Double(counts.reduce(0) { $0 + $1.dead })),
                ])
            } catch {
                return HealthReport(trouble: "\(error)")
            }
        }
    }

    /// Without a key requests are answered all the same, but nobody signs the trail: told, not judged.
    private var audit: HealthCheck {
        HealthCheck("audit") { [auditKey] in
            HealthReport(figures: ["key": .text(auditKey?.publicKey.fingerprint.description ?? "none")])
        }
    }

    private var shutdown: HealthCheck {
        HealthCheck("shutdown") { [state] in
            HealthReport(trouble: state.isStopping ? "the service is stopping" : nil)
        }
    }
}
