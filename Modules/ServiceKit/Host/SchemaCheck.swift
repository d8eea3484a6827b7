import Logging
import PostgresClient

/// Compares the database's schema with what a program was built for.
struct SchemaCheck: Sendable {
    let migrations: [Migration]

    /// Passes when all migrations are applied as the program has them, and their schemas have no others.
    ///
    /// - Throws: ``HostError``: `schemaTooOld`, `schemaTooNew`, `databaseUnreachable`.
    func check(_ database: PostgresPool) async throws {
        let status: [MigrationStatus]
        do {
            status = try await Migrator(pool: database, migrations: migrations).status()
        } catch let error as PostgresError where error.isUnavailable {
            throw HostError.databaseUnreachable(error.wordsOfConnecting)
        }
        var missing: [String] = []
        var foreign: [String] = []
        for step in status {
            let label = "\(step.schema)/\(step.version) “\(step.name)”"
            switch step.state {
            case .pending: missing.append(label)
            case .changed, .unknown: foreign.append(label)
            case .applied: break
            }
        }
        // A database of a newer release may lack nothing: what it has too much says more.
        guard foreign.isEmpty else { throw HostError.schemaTooNew(unknown: foreign) }
        guard missing.isEmpty else { throw HostError.schemaTooOld(missing: missing) }
    }
}

extension PostgresError {
    /// Whether the database could not be reached, or had no connection to spare: the next try may succeed.
    var isUnavailable: Bool {
        switch code {
        case .connectionLost, .connectionFailed, .poolTimeout, .poolShutDown: true
        // Of the connect timeout; a statement's has the server's word.
        case .timeout: sqlState == nil
        // 53: out of connections, memory or disk; 57P: the server is going down or coming up.
        case .server: sqlState?.conditionClass == "53" || sqlState?.rawValue.hasPrefix("57P") == true
        default: false
        }
    }

    /// Why no connection came about in libpq's words, which name host, user and database and no data; else the codes.
    /// For whoever starts a program, not for its callers.
    var wordsOfConnecting: String {
        guard code == .connectionFailed, let message else { return description }
        return message
    }
}
