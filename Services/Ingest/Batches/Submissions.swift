import Collection
import DomainModel
import ServiceKit
import Storage
import SystemPackage

/// Takes files of observations for datasets.
struct Submissions: Sendable {
    /// What a job is called that loads a file.
    static let loadKind = "ingest.load"

    let platform: Platform
    let desk: BatchDesk

    init(platform: Platform, spool: Spool, settings: IngestSettings) {
        self.platform = platform
        desk = BatchDesk(
            Self.loadKind,
            in: platform,
            spool: spool,
            maximumBytes: settings.maximumBytes,
            rehearsals: settings.rehearsals,
            make: Self.loads(in: platform)
        )
    }

    /// Makes the loads of observations.
    static func loads(in platform: Platform) -> LoadOrder.Maker {
        { order in
            let dataset = try await platform.read(order.submitter) { connection in
                try await DatasetStore(connection).find(order.dataset)
            }
            guard let dataset else { throw JobFailure("the dataset \(order.dataset) is gone") }
            return ObservationLoad(
                dataset: dataset,
                path: order.path,
                sha256: order.sha256,
                bytes: order.bytes,
                format: order.format,
                mode: order.mode,
                regions: order.submitter.regions,
                temporaryDirectory: FilePath(platform.directories.spool),
                database: platform.database,
                progress: order.progress
            )
        }
    }

    /// Takes the file of a request.
    ///
    /// - Throws: ``Problem``: unknown dataset, a mode that it does not allow; see `BatchDesk.take`.
    func take(_ request: APIRequest) async throws -> APIResponse {
        let code = try request.requiredQuery("dataset")
        let found = try await platform.read(request.principal) { connection in
            try await DatasetStore(connection).find(code)
        }
        guard let dataset = found else { throw Problem.notFound("dataset", zh: "数据集", code) }
        let mode = try request.query("mode", as: Batch.Mode.self) ?? (dataset.allowsPartial ? .partial : .atomic)
        if mode == .partial, !dataset.allowsPartial { throw Problem.partialNotAllowed(dataset.code) }
        let order = try BatchDesk.Order(request, dataset: dataset.code, mode: mode)
        return try await desk.take(order, body: request.bodyStream, as: request.activity)
    }
}
