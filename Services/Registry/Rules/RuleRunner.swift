import Crypto
import DomainModel
import PostgresClient
import RegistryRules
import ServiceKit
import Storage

/// Runs rules over the register, and keeps what they conclude.
///
/// Records are read in the order of their numbers, some thousand at a time, so that memory does not grow with the
/// register. All is read as of one instant: what others record meanwhile belongs to the next run.
struct RuleRunner: Sendable {
    /// How many records are looked at in one go.
    private static let chunkSize = 4_000
    /// How long trials are kept, in days.
    private static let trialDays: Int64 = 30

    let platform: Platform
    /// The day of a run that names none.
    let today: CivilDate
    /// The instant of a run that names none.
    let newest: Instant

    /// Makes a runner for this day and instant.
    ///
    /// The instant is taken before the run and by itself: whoever reads the clock holds up those who record until the
    /// transaction ends, and a run is long.
    ///
    /// - Throws: `PostgresError`.
    init(_ desk: RecordDesk) async throws {
        platform = desk.platform
        today = desk.today
        newest = try await platform.database.withTransaction { try await BatchStore($0).newestInstant() }
    }

    /// What was derived so far.
    private struct Sum {
        var records = 0
        var facts = 0
        var hash = SHA256()

        mutating func add(_ found: [(record: Int64, fact: DerivedFact)]) throws {
            facts += found.count
            for item in found {
                hash.update(data: try CanonicalJSON.encode(item.fact))
                hash.update(data: [10])
            }
        }
    }

    /// Runs rules as part of a write.
    ///
    /// - Parameters:
    ///   - order: Which rules, over what, and when.
    ///   - unit: The write; its principal sees all regions.
    ///   - report: Told how many records of how many were looked at.
    /// - Returns: The run.
    /// - Throws: ``Problem`` `RULE_UNKNOWN`, `NOT_FOUND`; `PostgresError`; what `report` throws.
    func run(
        _ order: RuleRunOrder,
        in unit: UnitOfWork,
        report: (_ done: Int, _ total: Int) async throws -> Void
    ) async throws -> RuleRun {
        let rules = try Self.rules(order.rules)
        let isPresent = order.day == nil && order.asOf == nil && order.rules == nil
        let purpose: RuleRun.Purpose = isPresent && order.isTrial != true ? .standing : .trial
        let store = RuleRunStore(unit.connection)
        var newest = newest
        if purpose == .standing {
            // What stands never goes back to an earlier belief.
            newest = max(newest, try await store.takeTurn() ?? newest)
        }
        let beginning = RuleRunStore.Beginning(
            purpose: purpose,
            day: order.day ?? today,
            asOf: min(order.asOf ?? newest, newest),
            rules: rules.map(\.name),
            record: try await Self.number(of: order.record, unit.connection),
            principal: unit.activity.principal.id,
            now: platform.clock.now
        )
        let id = try await store.begin(beginning)
        let reader = SituationReader(unit.connection, for: rules, day: beginning.day, asOf: beginning.asOf)
        // Once: to count a million records takes longer than to derive what some thousand come to.
        let total = order.record == nil ? try await Self.count(rules, unit.connection) : 1
        let sum =
            if let key = order.record, let record = beginning.record {
                try await derive(rules, reader, key, record, of: id, purpose, store)
            } else {
                try await derive(rules, reader, of: id, purpose, store) { try await report($0, total) }
            }
        let digest = Hexadecimal.text(of: sum.hash.finalize(), count: SHA256.Digest.byteCount)
        try await store.finish(id, records: sum.records, facts: sum.facts, digest: digest)
        guard let run = try await store.find(id) else { throw StorageError.missing("run \(id)") }
        try await conclude(run, store, unit)
        try await store.seal(id)
        return run
    }

    private func derive(
        _ rules: [DerivationRule],
        _ given: SituationReader,
        of run: Int64,
        _ purpose: RuleRun.Purpose,
        _ store: RuleRunStore,
        report: (_ done: Int) async throws -> Void
    ) async throws -> Sum {
        var (reader, sum, place) = (given, Sum(), Int64(0))
        while true {
            let chunk = try await reader.next(after: place, limit: Self.chunkSize)
            let found = chunk.situations.flatMap { record, situation in
                DerivationRule.derive(rules, from: situation).map { (record: record, fact: $0) }
            }
            try await store.keep(found, after: place, upTo: chunk.last ?? .max, of: run, purpose)
            try sum.add(found)
            sum.records += chunk.count
            guard let last = chunk.last else { return sum }
            place = last
            try await report(sum.records)
        }
    }

    private func derive(
        _ rules: [DerivationRule],
        _ given: SituationReader,
        _ key: String,
        _ record: Int64,
        of run: Int64,
        _ purpose: RuleRun.Purpose,
        _ store: RuleRunStore
    ) async throws -> Sum {
        var (reader, sum) = (given, Sum())
        let situation = try await reader.one(key)?.situation
        let found = situation.map { DerivationRule.derive(rules, from: $0) } ?? []
        let facts = found.map { (record: record, fact: $0) }
        try await store.keep(facts, after: record - 1, upTo: record, of: run, purpose)
        try sum.add(facts)
        sum.records = situation == nil ? 0 : 1
        return sum
    }

    /// Tells the trail of the run, and the world of what stands now.
    private func conclude(_ run: RuleRun, _ store: RuleRunStore, _ unit: UnitOfWork) async throws {
        unit.record(
            AuditEntry(
                "rule_run.make",
                of: String(run.id),
                details: [
                    "purpose": .text(run.purpose.rawValue), "day": .text(run.day.isoText), "facts": .count(run.facts),
                    "digest": .text(run.digest),
                ]
            )
        )
        guard run.purpose == .standing else { return }
        if run.record == nil {
            let kept = Self.trialDays * 86_400_000_000
            let now = platform.clock.now.microsecondsSince1970
            try await store.forgetTrials(before: Instant(microsecondsSince1970: now - kept))
        }
        let warned = try await store.warned(by: run.id)
        try await unit.publish(
            "ceyuan.record.warned",
            warned.map { record in
                (
                    "/v1/records/\(record.key)",
                    WarningEvent(key: record.key, kind: record.kind, warnings: record.terms, run: run.id)
                )
            }
        )
        try await unit.publish(
            "ceyuan.rules.run",
            subject: "/v1/rule-runs/\(run.id)",
            RuleRunEvent(run: run.id, day: run.day, records: run.records, facts: run.facts, warned: warned.count)
        )
    }

    private static func count(_ rules: [DerivationRule], _ connection: PostgresConnection) async throws -> Int {
        try await RegistryRecordStore(connection).count(of: Set(rules.flatMap(\.kinds)))
    }

    private static func number(of key: String?, _ connection: PostgresConnection) async throws -> Int64? {
        guard let key else { return nil }
        guard let known = try await RegistryRecordStore(connection).related([key])[key] else {
            throw Problem.notFound("record", zh: "记录", key)
        }
        return known.id
    }

    /// The rules of these codes, in the order of the book; all of them when none are named.
    private static func rules(_ codes: [String]?) throws -> [DerivationRule] {
        guard let codes else { return DerivationRule.standard }
        for code in codes where !DerivationRule.standard.contains(where: { $0.code == code }) {
            let near = nearestNames(to: code, among: DerivationRule.standard.map(\.code)).joined(separator: ", ")
            throw Problem(
                .ruleUnknown,
                near.isEmpty ? "There is no rule \(code)." : "There is no rule \(code); near it is \(near).",
                zh: near.isEmpty ? "没有规则 \(code)。" : "没有规则 \(code)；相近的有 \(near)。"
            )
        }
        return DerivationRule.standard.filter { codes.contains($0.code) }
    }
}

/// An event's data: a record has new warnings.
struct WarningEvent: Codable, Sendable {
    let key: String
    let kind: RegistryKind
    let warnings: [String]
    let run: Int64
}

/// An event's data: the rules were run, and what they conclude stands.
struct RuleRunEvent: Codable, Sendable {
    let run: Int64
    let day: CivilDate
    let records: Int64
    let facts: Int64
    let warned: Int
}
