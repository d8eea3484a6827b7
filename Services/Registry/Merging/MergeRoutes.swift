import DomainModel
import ServiceKit
import Storage

/// Routes of records that are one: merge, undo it, see what was merged.
struct MergeRoutes: Sendable {
    let desk: RecordDesk

    func mount(on api: APIRouter) {
        api.post(
            "/v1/records/{key}/merge",
            summary:
                "Makes a record take up another of its kind, whose key leads here from then on; or tells what would be",
            zh: "将另一同类记录并入本记录，其键此后指向本记录；亦可仅预演",
            permission: .mergeRecords,
            body: .json(MergeOrder.self),
            answers: [.json(RecordMerge.self)],
            problems: [.notFound, .recordEnded, .recordInvalid, .mergeUnlike, .mergeRefused]
        ) { request in
            let (key, order) = (try request.path("key"), try await request.body(as: MergeOrder.self))
            return try await desk.write(request) { work in
                try Self.requireReason(order.reason)
                let merge = try await MergeDesk(desk: desk).merge(into: key, order, work)
                return try await work.unit.answer(.json(merge))
            }
        }
        api.post(
            "/v1/records/{key}/unmerge",
            summary: "Undoes the merge that took up a record: both are again what was believed before",
            zh: "撤销合并：两条记录恢复为合并前的认知",
            permission: .mergeRecords,
            body: .json(UnmergeOrder.self),
            answers: [.json(MergeUndoing.self)],
            problems: [.notFound, .recordInvalid, .mergeNotUndoable]
        ) { request in
            let (key, order) = (try request.path("key"), try await request.body(as: UnmergeOrder.self))
            return try await desk.write(request) { work in
                try Self.requireReason(order.reason)
                let undoing = try await MergeDesk(desk: desk).undo(key, order, work)
                return try await work.unit.answer(.json(undoing))
            }
        }
        api.get(
            "/v1/records/{key}/merges",
            summary: "The merges that a record took part in, the newest first, with those that were undone",
            zh: "记录参与的合并（含已撤销者），最新在前",
            permission: .readRecords,
            query: [.asOf],
            answers: [.json([PastMerge].self)],
            problems: [.notFound]
        ) { request in
            let (key, asOf) = (try request.path("key"), try request.asOf)
            let merges = try await desk.platform.read(request.principal) { connection in
                guard try await RegistryRecordStore(connection).ending(of: key) != nil else {
                    throw Problem.notFound("record", zh: "记录", key)
                }
                return try await MergeStore(connection).history(of: key, asOf: asOf)
            }
            return try .json(merges)
        }
    }

    static func requireReason(_ reason: String) throws {
        guard reason.allSatisfy(\.isWhitespace) else { return }
        throw Problem.invalid([Conflict(code: .fieldMissing, field: "reason")])
    }
}
