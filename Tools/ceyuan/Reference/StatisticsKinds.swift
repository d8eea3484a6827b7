import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan indicator`
enum Indicators: ReferenceKind {
    typealias Record = Indicator

    struct Filters: ListFilters {
        @Option(help: "This scope: yuhang_original, yuhang, corridor, …")
        var scope: String?
        @Option(help: "This domain: economy, innovation, talent, …")
        var domain: String?

        var query: Query { ["scope": scope, "domain": domain] }
    }

    static let command = "indicator"
    static let summary = "indicators"
    static let service = Session.Service.ingest
    static let resource = "indicators"
}

/// `ceyuan plan`
enum Plans: ReferenceKind {
    typealias Record = Plan

    struct Filters: ListFilters {
        @Option(help: ArgumentHelp("This region.", valueName: "code"))
        var region: String?

        var query: Query { ["region": region] }
    }

    static let command = "plan"
    static let summary = "plans"
    static let service = Session.Service.ingest
    static let resource = "plans"
}

/// `ceyuan target`
enum Targets: ReferenceKind {
    typealias Record = Target

    struct Filters: ListFilters {
        @Option(help: ArgumentHelp("This plan.", valueName: "code"))
        var plan: String?
        @Option(help: ArgumentHelp("This indicator.", valueName: "code"))
        var indicator: String?

        var query: Query { ["plan": plan, "indicator": indicator] }
    }

    static let command = "target"
    static let summary = "targets of plans"
    static let service = Session.Service.ingest
    static let resource = "targets"
    static let codeHelp = "The lineage code of the target, as in T-8K4."
}

/// `ceyuan dataset`
enum Datasets: ReferenceKind {
    typealias Record = Dataset

    struct Filters: ListFilters {
        var query: Query { [:] }
    }

    static let command = "dataset"
    static let summary = "datasets"
    static let service = Session.Service.ingest
    static let resource = "datasets"
}
