import DomainModel
import HTTPTypes
import PersonalData
import ServiceKit
import Storage

/// Finds records by a personal value, without opening any.
///
/// The value comes in the body: addresses stand in the logs of proxies and in the histories of programs.
struct LookupRoutes: Sendable {
    let desk: RecordDesk

    /// More records than have a telephone in common.
    private static let limit = 100

    func mount(on api: APIRouter) {
        api.post(
            "/v1/record-lookup",
            summary: "Finds the records that have exactly this value in a sealed field; the search is recorded",
            zh: "按加密字段的精确值查找记录；查找将留痕",
            permission: .unmaskRecords,
            body: .json(RecordLookup.self),
            answers: [.json([FoundRecord].self)],
            problems: [.recordInvalid]
        ) { request in
            let order = try await request.body(as: RecordLookup.self)
            let activity = try desk.unmasking(request)
            let found = try await desk.platform.write(activity) { work in
                let model = try await RecordModelStore(work.connection).load()
                let entry = try entry(order, model)
                try await desk.keepPace(activity.principal, work.connection)
                let kinds = order.kind.map { [$0] } ?? RegistryKind.allCases
                let found = try await BlindIndexStore(work.connection).find(entry, kinds: kinds, limit: Self.limit)
                let details: [String: AuditField] = ["field": .text(entry.field)]
                work.record(
                    found.isEmpty
                        ? [AuditEntry("lookup.none", of: entry.field, reason: order.purpose)]
                        : found.map { AuditEntry("record.lookup", of: $0.key, details: details, reason: order.purpose) }
                )
                let names = try await RegistryRecordStore(work.connection)
                    .names(of: found.map(\.key), at: RegistryMoment(validAt: desk.today))
                let shown = Dictionary(names.map { ($0.key, $0.name ?? "") }, uniquingKeysWith: { first, _ in first })
                return found.map { one in
                    FoundRecord(
                        key: one.key,
                        kind: one.kind,
                        match: .exact,
                        field: entry.field,
                        shown: shown[one.key] ?? "",
                        name: shown[one.key]
                    )
                }
            }
            return try .json(found, headers: [.cacheControl: "no-store"])
        }
    }

    /// What the value is found by.
    ///
    /// - Throws: ``Problem`` `RECORD_INVALID` for a field that is not sealed, no value, or a registry without keys.
    private func entry(_ order: RecordLookup, _ model: RecordModel) throws -> BlindEntry {
        let places =
            RegistryKind.allCases.map { SealedPlace.record($0) }
            + model.statements.map { SealedPlace.statement($0.code) }
        let sealed = places.flatMap { place in
            place.fields(in: model).filter { $0.privacy == .sealed }.map { (place.name(of: $0.code), $0, place) }
        }
        guard let (_, field, place) = sealed.first(where: { $0.0 == order.field }) else {
            let nearest = nearestNames(to: order.field, among: Set(sealed.map(\.0)))
            throw Problem.invalid([
                Conflict(code: .fieldUnknown, field: "field", given: order.field, nearest: nearest)
            ])
        }
        guard let vault = desk.vault else {
            throw Problem.invalid([Conflict(code: .fieldSealed, field: order.field)])
        }
        guard order.value.contains(where: { !$0.isWhitespace }), order.value.utf8.count <= 2_000 else {
            throw Problem.invalid([Conflict(code: .fieldMissing, field: "value")])
        }
        return Sealer(vault.masters, model).entry(of: order.value, field, place)
    }
}
