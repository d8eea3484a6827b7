import Collection
import DomainModel
import ServiceKit
import Storage

/// The records that submissions are checked against and judged by: indicators, plans, targets and datasets.
struct ReferenceRoutes {
    let platform: Platform
    let spool: Spool

    /// Declares the routes.
    func mount(on api: APIRouter) {
        func mount<Record, Imported>(_ routes: RecordRoutes<Record, Imported>) {
            routes.mount(on: api, in: platform, spool: spool, reading: .readStatistics, writing: .defineStatistics)
        }
        mount(Self.indicators)
        mount(Self.plans)
        mount(Self.targets)
        mount(Self.datasets)
    }

    private static let indicators = RecordRoutes<Indicator, Indicator>(
        "/v1/indicators",
        noun: LocalizedText(zh: "指标", en: "indicator"),
        schema: .indicators,
        filters: [
            Parameter("scope", .text, "Only indicators of this scope", zh: "仅此范围的指标"),
            Parameter("domain", .text, "Only indicators of this domain", zh: "仅此领域的指标"),
        ],
        sortable: IndicatorStore.sortable
    ) { request, source in
        let filter = IndicatorStore.Filter(scope: try request.query("scope"), domain: try request.query("domain"))
        return try await IndicatorStore(source).list(filter, request.listQuestion)
    } find: { request, source in
        try await IndicatorStore(source).find(request.path("code"))
    }

    private static let plans = RecordRoutes<Plan, Plan>(
        "/v1/plans",
        noun: LocalizedText(zh: "规划", en: "plan"),
        schema: .plans,
        filters: [
            Parameter("region", .text, "Only plans for this region", zh: "仅该地区的规划"),
            Parameter("scope", .text, "Only plans of this scope", zh: "仅此范围的规划"),
        ],
        sortable: PlanStore.sortable
    ) { request, source in
        let filter = PlanStore.Filter(region: try request.query("region"), scope: try request.query("scope"))
        return try await PlanStore(source).list(filter, request.listQuestion)
    } find: { request, source in
        try await PlanStore(source).find(request.path("code"))
    }

    private static let targets = RecordRoutes<Target, TargetLine>(
        "/v1/targets",
        noun: LocalizedText(zh: "目标", en: "target"),
        schema: .targets,
        filters: [
            Parameter("plan", .text, "Only targets of this plan", zh: "仅该规划的目标"),
            Parameter("indicator", .text, "Only targets for this indicator", zh: "仅该指标的目标"),
            .asOf,
        ]
    ) { request, source in
        let filter = TargetStore.Filter(
            plan: try request.query("plan"),
            indicator: try request.query("indicator"),
            asOf: try request.asOf
        )
        return try await DocumentPage(TargetStore(source).list(filter, request.listQuestion))
    } find: { request, source in
        guard let id = number(try request.path("code")) else { return nil }
        return try await TargetStore(source).find(id).map { try Document($0.target) }
    }

    private static let datasets = RecordRoutes<Dataset, Dataset>(
        "/v1/datasets",
        noun: LocalizedText(zh: "数据集", en: "dataset"),
        schema: .datasets,
        filters: [Parameter("provider", .text, "Only datasets that this body submits", zh: "仅该单位报送的数据集")],
        sortable: DatasetStore.sortable
    ) { request, source in
        try await DocumentPage(
            DatasetStore(source).list(provider: request.query("provider"), request.listQuestion)
        )
    } find: { request, source in
        try await DatasetStore(source).find(request.path("code")).map { try Document($0) }
    }

    /// The number of a target by its lineage code.
    private static func number(_ code: String) -> Int64? {
        guard case .target(let id) = LineageCode(code) else { return nil }
        return id
    }
}
