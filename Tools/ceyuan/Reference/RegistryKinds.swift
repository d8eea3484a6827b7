import ArgumentParser
import DomainModel
import PlatformClient

/// As of when a region or a term is shown.
struct BeliefMoment: ListFilters {
    @OptionGroup
    var belief: BeliefOption

    var query: Query { ["asOf": belief.asOf?.description] }
}

/// `ceyuan region`
enum Regions: ReferenceKind {
    typealias Record = Region
    typealias Moment = BeliefMoment

    struct Filters: ListFilters {
        @Option(help: "This level: country, province, city, district, corridor, …")
        var level: String?
        @Option(help: ArgumentHelp("This region as their parent.", valueName: "code"))
        var parent: String?
        @OptionGroup
        var belief: BeliefOption

        var query: Query { ["level": level, "parent": parent, "asOf": belief.asOf?.description] }
    }

    static let command = "region"
    static let summary = "regions"
    static let service = Session.Service.registry
    static let resource = "regions"
}

/// `ceyuan classification`
enum Classifications: ReferenceKind {
    typealias Record = Classification
    typealias Moment = BeliefMoment

    struct Filters: ListFilters {
        @Option(help: "This vocabulary: talent_tier, platform_type, …")
        var vocabulary: String?
        @Option(help: ArgumentHelp("This term as their broader term.", valueName: "code"))
        var parent: String?
        @OptionGroup
        var belief: BeliefOption

        var query: Query { ["vocabulary": vocabulary, "parent": parent, "asOf": belief.asOf?.description] }
    }

    static let command = "classification"
    static let summary = "terms of controlled vocabularies"
    static let service = Session.Service.registry
    static let resource = "classifications"
    static let codeHelp = "Vocabulary and code of the term, as in talent_tier/top."

    static func path(of code: String) -> String {
        code.split(separator: "/", maxSplits: 1).map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
    }
}
