import Collection
import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Submissions over HTTP: send a file, watch it load, read its conflicts.
struct BatchRoutes: Sendable {
    let platform: Platform
    let submissions: Submissions

    func mount(on api: APIRouter) {
        api.post(
            "/v1/batches",
            summary: "Submit a file to a dataset",
            zh: "向数据集提交文件",
            permission: .submitBatches,
            query: [
                Parameter("dataset", .text, "Code of the dataset", zh: "数据集代码", isRequired: true),
                Parameter(
                    "mode",
                    .choice(of: Batch.Mode.self),
                    "All rows or good rows; what the dataset allows if absent",
                    zh: "整份或仅合格行；缺省由数据集决定"
                ),
            ] + BatchDesk.parameters,
            body: .file(BatchDesk.mediaTypes),
            bodyLimit: submissions.desk.maximumBytes,
            answers: [.json(Batch.self, status: .accepted), .json(Batch.self)],
            problems: [.notFound, .partialNotAllowed, .fileTypeUnsupported, .fileKnownElsewhere],
            handler: submit
        )
        api.get(
            "/v1/batches",
            summary: "Batches, newest first",
            zh: "批次，最新在前",
            permission: .readBatches,
            query: [
                Parameter("dataset", .text, "Only those of a dataset", zh: "仅该数据集"),
                Parameter("state", .choice(of: Batch.State.self), "Only those in a state", zh: "仅此状态"),
            ] + Parameter.paging(sort: BatchStore.sortable),
            answers: [.json(Page<Batch>.self)],
            problems: [],
            handler: list
        )
        api.get(
            "/v1/batches/{id}",
            summary: "One batch with its receipt and first conflicts",
            zh: "单个批次，附回执与前若干冲突",
            permission: .readBatches,
            parameters: [Self.id],
            query: [Parameter("wait", .integer(0...60), "Wait so many seconds for it to end", zh: "最多等待其结束的秒数")],
            answers: [.json(Batch.self)],
            problems: [.notFound],
            handler: get
        )
        api.get(
            "/v1/batches/{id}/conflicts",
            summary: "Conflicts of a batch in the order of the file",
            zh: "批次的冲突，按文件顺序",
            permission: .readBatches,
            parameters: [Self.id],
            query: Parameter.paging(),
            answers: [.json(Page<Conflict>.self)],
            problems: [.notFound],
            handler: conflicts
        )
        api.get(
            "/v1/batches/{id}/file",
            summary:
                "The file as it was submitted, but for rows about persons who were erased since; one of records, to its sender",
            zh: "提交时的原文件（此后依法删除的个人所在行已置空）；登记记录的文件仅供其报送人取回",
            permission: .readBatches,
            parameters: [Self.id],
            answers: [.media(BatchDesk.mediaTypes)],
            problems: [.notFound, .fileOfRecords, .keptFileMissing, .keptFileSealed],
            handler: file
        )
    }

    private static let id = Parameter("id", .integer(1...Int.max), "Number of the batch", zh: "批次编号", isRequired: true)

    @Sendable private func submit(_ request: APIRequest) async throws -> APIResponse {
        try await submissions.take(request)
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let (dataset, state) = (try request.query("dataset"), try request.query("state", as: Batch.State.self))
        let question = try request.listQuestion
        let page = try await platform.read(request.principal) { connection in
            try await BatchStore(connection).list(
                dataset: dataset,
                state: state,
                submitter: request.principal.isEverywhere ? nil : request.principal.id,
                question
            )
        }
        return try .page(page, for: request)
    }

    @Sendable private func get(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id", as: Int64.self)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(try request.query("wait", as: Int.self) ?? 0)
        var pause = Duration.milliseconds(10)
        while true {
            let batch = try await find(id, for: request)
            if batch.state.isFinal || clock.now >= end { return try .json(batch) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(250))
        }
    }

    @Sendable private func conflicts(_ request: APIRequest) async throws -> APIResponse {
        let batch = try await find(try request.path("id", as: Int64.self), for: request)
        let question = try request.listQuestion
        let (after, limit) = (question.after.flatMap(Int64.init) ?? 0, question.limit)
        let (found, total) = try await platform.read(request.principal) { connection in
            let store = BatchStore(connection)
            return (
                try await store.conflicts(of: batch.id, after: after, limit: limit + 1),
                question.counts ? try await store.conflictCount(of: batch.id) : nil
            )
        }
        let next = found.count > limit ? String(found[limit - 1].ordinal) : nil
        return try .page(Page(items: found.prefix(limit).map(\.1), next: next, total: total), for: request)
    }

    @Sendable private func file(_ request: APIRequest) async throws -> APIResponse {
        let batch = try await find(try request.path("id", as: Int64.self), for: request)
        if batch.isOfRegister { try await giveBack(batch, request) }
        // RFC 6266 §4.3 with RFC 8187: names in any script.
        let name = "attachment; filename*=UTF-8''" + Self.percentEncoded(batch.fileName)
        let kept = try await submissions.desk.spool.open(batch.sha256)
        var headers: HTTPFields = [.contentDisposition: name]
        // Of a file whose rows were blanked others may have another copy.
        if !kept.isBlanked { headers[.eTag] = "\"\(batch.sha256)\"" }
        return kept.response(contentType: batch.mediaType, headers: headers)
    }

    /// Lets a file of records go to who has sent it, which the trail keeps.
    ///
    /// - Throws: ``Problem`` `FILE_OF_RECORDS` for anybody else.
    private func giveBack(_ batch: Batch, _ request: APIRequest) async throws {
        guard batch.submitter == request.principal.id else { throw Problem.fileOfRecords(batch) }
        try await platform.write(request.activity) { work in
            work.record(AuditEntry("batch.fetch", of: String(batch.id), details: ["sha256": .text(batch.sha256)]))
        }
    }

    private func find(_ id: Int64, for request: APIRequest) async throws -> Batch {
        let batch = try await platform.read(request.principal) { connection in
            try await BatchStore(connection).find(id)
        }
        // A file may hold rows of any region, so whoever is not everywhere has their own files only.
        guard let batch, request.principal.isEverywhere || batch.submitter == request.principal.id else {
            throw Problem.notFound("batch", zh: "批次", id)
        }
        return batch
    }

    private static func percentEncoded(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return name.utf8.map { byte in
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(byte) || byte == 46)
            return isPlain ? String(scalar) : "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
        }.joined()
    }
}
