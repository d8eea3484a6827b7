import ArgumentParser
import Storage

/// A service as `--service` names it.
enum ServiceRoleName: String, ExpressibleByArgument, CaseIterable {
    /// Every service in one process.
    case all
    /// The administration alone.
    case administration
    /// The registry, with the administration.
    case registry
    /// The ingest service.
    case ingest
    /// The report service.
    case reports

    /// The database role.
    var role: String {
        switch self {
        case .all: ServiceRole.everyService
        case .administration: ServiceRole.administration.name
        case .registry: ServiceRole.registry.name
        case .ingest: ServiceRole.ingest.name
        case .reports: ServiceRole.reports.name
        }
    }
}
