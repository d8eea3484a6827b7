import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Where records are asked for and changed, whatever their kind.
struct RecordDesk: Sendable {
    let platform: Platform
    /// The keys of personal data; without them sealed fields are refused.
    var vault: KeyVault?
    /// How many records a minute an identity may read in the clear.
    var unmasksPerMinute = PrivacySettings.usualUnmasks

    /// The day in China, where the register is kept.
    var today: CivilDate { platform.registerDay }

    /// Runs a write, and says in the words of the register what the database refused.
    func write<Result>(
        _ request: APIRequest,
        _ body: (RecordWork) async throws -> Result
    ) async throws -> Result {
        do {
            return try await platform.write(request.activity) { unit in
                try await body(RecordWork(unit, today: today, now: platform.clock.now, vault: vault))
            }
        } catch let error as PostgresError where error.sqlState == .insufficientPrivilege {
            throw Problem.deniedOutsideRegions(.writeRecords, to: request.principal)
        } catch let error as PostgresError where error.constraint == "statement_overlap" {
            throw Problem.invalid([Conflict(code: .statementOverlap, field: "from")])
        } catch let error as PostgresError where error.constraint == "statement_shares" {
            throw Problem.invalid([Conflict(code: .shareOverOne, field: "share")])
        }
    }

    /// The moment that a request asks about.
    func moment(_ request: APIRequest) throws -> RegistryMoment {
        RegistryMoment(asOf: try request.asOf, validAt: try request.query("validAt", as: CivilDate.self) ?? today)
    }

    /// A record as it is now: on its first day when that is yet to come.
    func present(_ key: String, _ records: RegistryRecordStore, asOf: Instant? = nil) async throws -> RegistryRecord? {
        if let found = try await records.find(key, at: RegistryMoment(asOf: asOf, validAt: today)) { return found }
        guard let day = try await records.firstDay(of: key, asOf: asOf) else { return nil }
        return try await records.find(key, at: RegistryMoment(asOf: asOf, validAt: day))
    }

    /// The record that a request asks for, with all its values.
    ///
    /// - Throws: ``Problem`` `NOT_FOUND`, `RECORD_ENDED`, `RECORD_MERGED`.
    func find(
        _ request: APIRequest,
        of kind: RegistryKind?,
        _ connection: PostgresConnection
    ) async throws -> RegistryRecord {
        let (key, asOf) = (try request.path("key"), try request.asOf)
        let records = RegistryRecordStore(connection)
        let found =
            if let day = try request.query("validAt", as: CivilDate.self) {
                try await records.find(key, at: RegistryMoment(asOf: asOf, validAt: day))
            } else {
                try await present(key, records, asOf: asOf)
            }
        if let found, found.state != .erased, kind.map({ $0 == found.kind }) ?? true { return found }
        // Only whoever may see a record learns that it was there: those of other regions are as if they were not.
        if let successor = try await MergeStore(connection).successor(of: key, asOf: asOf) {
            throw Problem.merged(key, into: successor, asked: request)
        }
        let ended = try await records.ending(of: key)
        if let ended, ended.state == .erased || asOf == nil && !ended.state.isRelatable,
            kind.map({ $0 == ended.kind }) ?? true
        {
            if let left = try await ErasureStore(connection).tombstone(of: key) {
                throw Problem.ended(key, .erased).with("tombstone", left)
            }
            throw Problem.ended(key, ended.state, successor: ended.mergedInto)
        }
        if let ended, kind.map({ $0 == ended.kind }) ?? true,
            let begun = try await records.beginning(of: key, asOf: asOf)
        {
            throw Problem.notThen(key, begun, asOf: asOf, validAt: try request.query("validAt", as: CivilDate.self))
        }
        throw Problem.notFound(kind?.title.en ?? "record", zh: kind?.title.zh ?? "记录", key)
    }

    /// Names the version that an answer shows: who wrote last, and which days it is about.
    static func tag(_ record: RegistryRecord) -> EntityTag {
        EntityTag("\(record.version)-\(record.from?.isoText ?? "0")")
    }

    /// Refuses a change whose sender has not seen the present version; tells both.
    ///
    /// - Throws: ``Problem``: `PRECONDITION_REQUIRED`; `PRECONDITION_FAILED` with the members `present` and `seen`.
    func requireSeen(_ request: APIRequest, _ key: String, _ work: RecordWork) async throws {
        guard let present = try await present(key, work.records) else { return }
        do {
            try request.requireMatch(Self.tag(present))
        } catch let problem as Problem where problem.code == .preconditionFailed {
            let fields = work.model.fields(of: present.kind)
            var told = problem.with("present", present.masking(fields))
            if let seen = try await seen(request, key, work) { told = told.with("seen", seen.masking(fields)) }
            throw told
        }
    }

    /// The version that the sender names, as far as it was one of the record.
    private func seen(_ request: APIRequest, _ key: String, _ work: RecordWork) async throws -> RegistryRecord? {
        guard let digits = request.headers[.ifMatch]?.drop(while: { $0 != "\"" }).dropFirst().prefix(while: \.isNumber),
            let version = Int64(digits),
            let instant = try await RecordingStore(work.unit.connection).instant(of: version)
        else { return nil }
        return try await present(key, work.records, asOf: instant)
    }
}
