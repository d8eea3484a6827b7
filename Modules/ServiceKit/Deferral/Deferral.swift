import DomainModel
import HTTPTypes
import NIOCore
import Storage

/// Takes requests that are to be answered later, for senders who prefer that. Source: RFC 7240 §4.1.
struct Deferral: Sendable {
    /// Jobs of operations have no data of their own: the request stands beside them.
    struct Nothing: Codable {}

    let platform: Platform
    let routes: DeferredRoutes
    /// How long an operation and its answer are kept, in seconds: as long as the history of jobs.
    let keptFor: Int

    /// Whether a request is to be answered later.
    func isWanted(_ request: APIRequest) -> Bool {
        routes.plugin(of: request.route) != nil && Preferences(request.headers).respondsAsync
    }

    /// Keeps a request and puts its job into the queue; what is wrong with its body is said at once.
    ///
    /// - Returns: 202 with the operation and its address.
    /// - Throws: ``Problem``, `PostgresError`
    func take(_ request: APIRequest) async throws -> APIResponse {
        guard let plugin = routes.plugin(of: request.route) else {
            throw RouteContract.Broken(description: "\(request.route.path) is never answered later")
        }
        var body = ByteBuffer()
        for try await chunk in request.bodyStream { body.writeImmutableBuffer(chunk) }
        if let type = request.route.body.type { _ = try APIRequest.decode(type, from: body) }
        let order = OperationStore.Order(
            principal: request.principal.id,
            scope: request.authority?.tokenScope?.sorted(),
            requestID: request.id,
            target: request.target,
            language: request.language.rawValue,
            mediaType: request.headers[.contentType],
            body: Array(body.readableBytesView)
        )
        let response = try await platform.write(request.activity) { work in
            let id = try await platform.jobs.enqueue(DeferredRoutes.kind(plugin), Nothing(), on: work.connection)
            guard let id else { throw StorageError.missing("the job of an operation") }
            let store = OperationStore(work.connection)
            try await store.create(order, job: id, keptFor: keptFor)
            work.record(AuditEntry("operation.accept", of: "\(id)", details: ["path": .text(request.path)]))
            guard let record = try await store.find(id, of: nil) else {
                throw StorageError.missing("operation \(id)")
            }
            return try await work.answer(
                .json(
                    record,
                    status: .accepted,
                    headers: [.location: "/v1/operations/\(id)", .preferenceApplied: "respond-async"]
                )
            )
        }
        platform.jobs.ring()
        return response
    }
}
