import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of erasure: see what would go, ask for it, do what a second person has approved, see what is left.
struct ErasureRoutes: Sendable {
    let desk: RecordDesk

    func mount(on api: APIRouter) {
        mountReading(on: api)
        api.post(
            "/v1/records/{key}/erasure/request",
            summary: "Asks for a person's record to be erased; a second person approves",
            zh: "申请删除个人记录，须另一人批准",
            permission: .eraseRecords,
            body: .json(ErasureOrder.self),
            answers: [.json(Approval.self, status: .created)],
            problems: [.notFound, .recordEnded]
        ) { request in
            let (key, order) = (try request.path("key"), try await request.body(as: ErasureOrder.self))
            try BodyTexts.checkSaid(order.reason, "/reason", maximum: 2_000)
            return try await desk.platform.write(request.activity) { unit in
                let members = try await members(key, request, unit.connection)
                let store = ApprovalStore(unit.connection)
                let number = try await store.ask(
                    .erasure,
                    for: members.map(\.key),
                    reason: order.reason,
                    terms: nil,
                    activity: request.id
                )
                return try await ApprovalRoutes.answer(asking: number, store, unit)
            }
        }
        api.post(
            "/v1/records/{key}/erasure",
            summary: "Erases a person's record, as a second person has approved; it cannot be undone",
            zh: "按批准删除个人记录，不可恢复",
            permission: .eraseRecords,
            body: .json(ApprovedOrder.self),
            answers: [.json(Tombstone.self, status: .created)],
            problems: [.notFound, .recordEnded, .approvalState, .approvalOfOthers]
        ) { request in
            let (key, order) = (try request.path("key"), try await request.body(as: ApprovedOrder.self))
            let answer = try await desk.write(request) { work in
                try await erase(key, order.approval, request, work)
                guard let left = try await ErasureStore(work.unit.connection).tombstone(of: key) else {
                    throw StorageError.missing("the tombstone of \(key)")
                }
                return try await work.unit.answer(.json(left, status: .created))
            }
            // The files follow.
            desk.platform.jobs.ring()
            return answer
        }
    }

    private func mountReading(on api: APIRouter) {
        api.get(
            "/v1/records/{key}/erasure/rehearsal",
            summary: "What an erasure would take away, and what it would leave",
            zh: "删除预演：将删去与保留的内容",
            permission: .eraseRecords,
            answers: [.json(ErasureRehearsal.self)],
            problems: [.notFound, .recordEnded]
        ) { request in
            let key = try request.path("key")
            let rehearsal = try await desk.platform.read(request.principal) { connection in
                try await ErasureStore(connection).rehearse(members(key, request, connection))
            }
            return try .json(rehearsal)
        }
        api.get(
            "/v1/records/{key}/erasure",
            summary: "What is left of an erased record",
            zh: "已删除记录的留痕",
            permission: .readRecords,
            answers: [.json(Tombstone.self)],
            problems: [.notFound]
        ) { request in
            let key = try request.path("key")
            let left = try await desk.platform.read(request.principal) { connection in
                try await ErasureStore(connection).tombstone(of: key)
            }
            guard let left else { throw Problem.notFound("erased record", zh: "已删除的记录", key) }
            return try .json(left)
        }
    }

    private func erase(_ key: String, _ number: Int64, _ request: APIRequest, _ work: RecordWork) async throws {
        let (unit, approvals) = (work.unit, ApprovalStore(work.unit.connection))
        guard try await approvals.hold(number) else { throw Problem.notFound("approval", zh: "审批", number) }
        let approval = try await ApprovalRoutes.find(number, approvals)
        let members = try await members(key, request, unit.connection)
        guard approval.action == .erasure, Set(approval.records) == Set(members.map(\.key)) else {
            throw Problem.otherApproval(approval)
        }
        guard approval.requestedBy == request.principal.id else { throw Problem.approvalOfOthers(approval) }
        guard approval.state == .approved else { throw Problem.approvalState(approval) }
        var kind = RegistryKind.talent
        var before: [String: RecordStates] = [:]
        for member in members {
            guard let held = try await work.records.hold(member.key) else {
                throw Problem.notFound("record", zh: "记录", member.key)
            }
            // Somebody may have been faster while this one waited.
            if held.state == .erased { throw Problem.ended(member.key, .erased) }
            if member.key == key { kind = held.kind }
            before[member.key] = try await work.states(member.key)
        }
        let approvalBefore = try await unit.states(of: .approval, keys: ["\(number)"])
        try await prepareFiles(members, kind, number, work)
        let recording = try await work.begin(reason: "approval \(number)")
        for member in members {
            try await ErasureStore(unit.connection).erase(member.id, recording: recording, approval: number)
            try await unit.record("make", .erasure, member.id, details: ["record": .text(member.key)])
        }
        try await ErasureStore(unit.connection).forEachBatch(of: members.map(\.id)) { batch in
            try await unit.record("reseal", .records, batch, details: ["approval": .count(number)])
        }
        guard try await approvals.use(number) else { throw Problem.approvalState(approval) }
        try await unit.record("use", after: approvalBefore, key: "\(number)", details: ["action": .text("erasure")])
        for member in members where member.key != key {
            guard let states = before[member.key] else { continue }
            try await unit.record("erase", after: states, key: member.key, details: ["approval": .count(number)])
        }
        guard let states = before[key] else { return }
        try await work.finish(
            recording,
            RecordWork.Deed(
                verb: "erase",
                key: key,
                kind: kind,
                before: states,
                details: ["approval": .count(number), "records": .count(members.count)],
                reason: approval.reason
            )
        )
    }

    /// Keeps what tells rows of submitted files about the person as long as it takes to blank them, and sets about it.
    private func prepareFiles(
        _ members: [ErasureStore.Member],
        _ kind: RegistryKind,
        _ number: Int64,
        _ work: RecordWork
    ) async throws {
        let connection = work.unit.connection
        let salt = PersonTraces.salt(desk.vault)
        let known = try await PersonTraces(desk.vault, salt: salt)?.collect(members, kind, work)
        try await FileErasureStore(connection).begin(number, salt: salt, traces: known?.traces ?? [])
        try await ErasureStore(connection).forgetRequests(of: members.map(\.key), named: Array(known?.names ?? []))
        let payload = FileEraser.Payload(approval: number)
        try await desk.platform.jobs.enqueue(FileEraser.kind, payload, on: connection, uniqueKey: "\(number)")
    }

    /// The record and all that were merged into it.
    ///
    /// - Throws: ``Problem``: `NOT_FOUND`; `RECORD_ENDED` for what is erased, or was merged into another one;
    ///   `PERMISSION_DENIED` when one of them lies outside of the caller's regions.
    private func members(
        _ key: String,
        _ request: APIRequest,
        _ connection: PostgresConnection
    ) async throws -> [ErasureStore.Member] {
        guard let ending = try await RegistryRecordStore(connection).ending(of: key) else {
            throw Problem.notFound("record", zh: "记录", key)
        }
        if ending.state == .erased || ending.state == .merged {
            throw Problem.ended(key, ending.state, successor: ending.mergedInto)
        }
        let members = try await ErasureStore(connection).family(of: key)
        guard members.allSatisfy(\.isVisible) else {
            throw Problem.deniedOutsideRegions(.eraseRecords, to: request.principal)
        }
        return members
    }
}
