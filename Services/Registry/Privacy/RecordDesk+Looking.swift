import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage

extension RecordDesk {
    /// Reads records: masked, or in the clear for the purpose that the request names, which is recorded.
    ///
    /// - Parameters:
    ///   - request: Its `purpose` asks for the values.
    ///   - body: Reads by the connection, and shows by what the reader may see. It may run several times.
    /// - Returns: What the body returns.
    /// - Throws: ``Problem``: `PERMISSION_DENIED` for a purpose without the permission, `TOO_MANY_REQUESTS`; what the
    ///   body throws.
    func look<Result>(
        _ request: APIRequest,
        _ body: (PostgresConnection, RecordSight) async throws -> Result
    ) async throws -> Result {
        guard let purpose = try request.query("purpose") else {
            return try await platform.read(request.principal) { connection in
                let model = try await RecordModelStore(connection).load()
                return try await body(connection, RecordSight(vault, model, noting: nil))
            }
        }
        guard purpose.contains(where: { !$0.isWhitespace }) else {
            let expected = LocalizedText(zh: "查阅目的", en: "what for")
            throw Problem.parameter("purpose", given: purpose, expected: expected)
        }
        let activity = try unmasking(request)
        return try await platform.write(activity) { work in
            try await keepPace(activity.principal, work.connection)
            let shown = RecordSight.Shown()
            let model = try await RecordModelStore(work.connection).load()
            let result = try await body(work.connection, RecordSight(vault, model, noting: shown))
            for (key, fields) in shown.all.sorted(by: { $0.key < $1.key }) {
                var details = ["fields": AuditField.clear(.array(fields.sorted().map { .text($0) }))]
                let ground = try await ConsentStore(work.connection).ground(of: key, purpose, at: platform.clock.now)
                if let ground { details["ground"] = .text(ground) }
                work.record(AuditEntry("record.read", of: key, details: details, reason: purpose))
            }
            return result
        }
    }

    /// The request as the activity of somebody who may see personal values, where they may.
    ///
    /// - Throws: ``Problem`` `PERMISSION_DENIED`.
    func unmasking(_ request: APIRequest) throws -> Activity {
        guard let regions = request.authority?.regions(for: .unmaskRecords) else {
            throw Problem(
                .permissionDenied,
                "\(request.principal.id) lacks the permission \(Permission.unmaskRecords.id).",
                zh: "\(request.principal.id) 缺少权限 \(Permission.unmaskRecords.id)。"
            )
            .with("permission", Permission.unmaskRecords.id)
        }
        return Activity(principal: Principal(id: request.principal.id, regions: regions), id: request.id)
    }

    /// Counts one record that somebody reads in the clear, or looks for by a personal value.
    ///
    /// - Throws: ``Problem`` `TOO_MANY_REQUESTS`.
    func keepPace(_ principal: Principal, _ connection: PostgresConnection) async throws {
        let wait = try await UnmaskPace(connection).take(
            principal.id,
            at: platform.clock.now,
            perMinute: unmasksPerMinute
        )
        guard wait > .zero else { return }
        let seconds = Int(wait.components.seconds) + 1
        throw Problem(
            .tooManyRequests,
            "More than \(unmasksPerMinute) records a minute were read in the clear.",
            zh: "每分钟查阅个人信息的记录超过 \(unmasksPerMinute) 条。"
        )
        .retry(afterSeconds: seconds)
    }
}
