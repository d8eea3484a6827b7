import DomainModel
import ServiceKit
import Storage

/// Observations over HTTP: current values, values as of an instant, all revisions.
struct ObservationRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/observations",
            summary: "Observations in the order of series and period",
            zh: "观测值，按序列与时期排列",
            permission: .readStatistics,
            query: [
                Parameter("indicator", .text, "Code of the indicator", zh: "指标代码"),
                Parameter("region", .text, "Code of the region", zh: "地区代码"),
                Parameter("period", .period, "The period", zh: "时期"),
                Parameter("dataset", .text, "Code of the dataset that brought them", zh: "来源数据集的代码"),
                Parameter("batch", .integer(1...Int.max), "Number of the batch that brought them", zh: "来源批次的编号"),
                Parameter(
                    "history",
                    .boolean,
                    "All revisions instead of the newest of each value",
                    zh: "列出全部修订，而不只是最新值"
                ),
                .asOf,
            ] + Parameter.paging(),
            answers: [.json(Page<Observation>.self)],
            problems: [],
            handler: list
        )
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        var filter = ObservationStore.Filter()
        filter.indicator = try request.query("indicator")
        filter.region = try request.query("region")
        filter.period = try request.query("period", as: Period.self)
        filter.dataset = try request.query("dataset")
        filter.batch = try request.query("batch", as: Int64.self)
        filter.asOf = try request.asOf
        filter.includesHistory = try request.query("history", as: Bool.self) ?? false
        let question = try request.listQuestion
        let page = try await platform.read(request.principal) { [filter] connection in
            try await ObservationStore(connection).list(filter, question)
        }
        return try .page(page, for: request)
    }
}
