import Collection
import DomainModel
import ServiceKit
import Storage

/// The way from an observation or a target back to the row of the file it was submitted in.
struct LineageRoutes: Sendable {
    let platform: Platform
    let spool: Spool

    func mount(on api: APIRouter) {
        api.get(
            "/v1/lineage/O{rest}",
            summary: "Where an observation comes from",
            zh: "观测值的来源",
            permission: .readStatistics,
            answers: [.json(LineageTrace.self)],
            problems: [.notFound, .lineageCodeInvalid, .keptFileMissing, .keptFileSealed]
        ) { request in
            let code = "O" + (try request.path("rest"))
            guard case .observation(let series, let start, let revision) = LineageCode(code) else {
                throw Problem.mistypedLineageCode(code)
            }
            return try .json(
                try await observation(code, series: series, start: start, revision: revision, for: request)
            )
        }
        api.get(
            "/v1/lineage/T{rest}",
            summary: "Where a target comes from",
            zh: "目标的来源",
            permission: .readStatistics,
            answers: [.json(LineageTrace.self)],
            problems: [.notFound, .lineageCodeInvalid, .keptFileMissing, .keptFileSealed]
        ) { request in
            let code = "T" + (try request.path("rest"))
            guard case .target(let id) = LineageCode(code) else { throw Problem.mistypedLineageCode(code) }
            return try .json(try await target(code, id: id, for: request))
        }
    }

    private func observation(
        _ code: String,
        series: Int64,
        start: CivilDate,
        revision: Int,
        for request: APIRequest
    ) async throws -> LineageTrace {
        let (revisions, batch, dataset) = try await platform.read(request.principal) { connection in
            let revisions = try await ObservationStore(connection).revisions(series: series, start: start)
            let wanted = revisions.first { $0.revision == revision }
            let batch = try await wanted.asyncMap { try await BatchStore(connection).find($0.batch) } ?? nil
            let dataset = try await batch.asyncMap { try await DatasetStore(connection).find($0.dataset) } ?? nil
            return (revisions, batch, dataset)
        }
        guard let wanted = revisions.first(where: { $0.revision == revision }), let batch,
            let recordedAt = batch.recordedAt
        else { throw Problem.notFound("observation", zh: "观测值", code) }
        let field = dataset.map { $0.columns.printed ?? $0.columns.value }
        let finder = OriginFinder(spool: spool, batch: batch, recordedAt: recordedAt, columns: dataset?.columns)
        return LineageTrace(
            code: wanted.lineage,
            observation: wanted,
            revisions: revisions,
            origin: try await finder.origin(line: wanted.line, field: field)
        )
    }

    private func target(_ code: String, id: Int64, for request: APIRequest) async throws -> LineageTrace {
        let (entry, batch) = try await platform.read(request.principal) { connection in
            let entry = try await TargetStore(connection).find(id)
            return (entry, try await entry.asyncMap { try await BatchStore(connection).find($0.batch) } ?? nil)
        }
        guard let entry, let batch, let recordedAt = batch.recordedAt else {
            throw Problem.notFound("target", zh: "目标", code)
        }
        let finder = OriginFinder(spool: spool, batch: batch, recordedAt: recordedAt, columns: nil)
        return LineageTrace(
            code: LineageCode.target(id: id).description,
            target: entry.target,
            origin: try await finder.origin(line: entry.line, field: "target_raw")
        )
    }
}

extension Optional {
    /// Maps with a body that waits.
    func asyncMap<Value>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
