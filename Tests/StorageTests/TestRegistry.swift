import DomainModel
import PostgresClient
import Storage
import TestSupport

/// The first day of a year.
func day(_ year: Int) -> CivilDate { CivilDate(daysSince1970: CivilDate(iso: "\(year)-01-01")?.daysSince1970 ?? 0) }

/// Gives a registry with two regions and a few vocabularies in a database of its own.
func withRegistry(_ body: (TestRegistry) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await pool.withConnection { connection in try await body(TestRegistry(connection)) }
    }
}

/// A registry as tests write it: each write is a transaction with its recording.
struct TestRegistry {
    let connection: PostgresConnection
    var records: RegistryRecordStore { RegistryRecordStore(connection) }
    var statements: RegistryStatementStore { RegistryStatementStore(connection) }
    var model: RecordModelStore { RecordModelStore(connection) }

    /// Uses a database that has regions, vocabularies and the model already.
    init(over connection: PostgresConnection) { self.connection = connection }

    init(_ connection: PostgresConnection) async throws {
        self.connection = connection
        let source = Source(file: "f", locator: "l")
        let regions = ["A", "B"].map { code in
            Region(
                code: code,
                name: LocalizedText(zh: code, en: code),
                level: "district",
                parent: nil,
                areaSquareKilometres: nil,
                roles: "",
                focusIndustries: "",
                source: source
            )
        }
        _ = try await RegionStore(connection).merge(regions.map { Located($0, line: 1, row: 1) }, batch: 1)
        let terms = [("employment_mode", "dual"), ("employment_mode", "full_time"), ("platform_type", "incubator")]
        let classifications = terms.map { vocabulary, code in
            Classification(
                vocabulary: vocabulary,
                code: code,
                parent: nil,
                name: LocalizedText(zh: code, en: code),
                rank: nil,
                definition: "",
                source: source
            )
        }
        _ = try await ClassificationStore(connection)
            .merge(classifications.map { Located($0, line: 1, row: 1) }, batch: 1)
        try await model.mirror()
    }

    @discardableResult
    func write<Result>(_ reason: String, _ body: (Int64) async throws -> Result) async throws -> Result {
        try await connection.withTransaction { connection in
            let store = RecordingStore(connection)
            let recording = try await store.begin(principal: "user:li", activity: "test", reason: reason)
            let result = try await body(recording)
            _ = try await store.seal(recording)
            return result
        }
    }

    func make(
        _ kind: RegistryKind,
        key: String? = nil,
        from year: Int? = nil,
        _ attributes: Attributes
    ) async throws -> String {
        try await write("made") { recording in
            let version = RecordTimeline.Version(from: year.map { day($0) }, attributes: attributes)
            return try await records.create(kind, key: key, version, recording: recording)?.key ?? ""
        }
    }

    func change(_ key: String, _ reason: String, _ body: (inout RecordTimeline) throws -> Void) async throws {
        try await write(reason) { recording in
            guard let held = try await records.hold(key) else { throw StorageError.missing(key) }
            var timeline = held.timeline
            try body(&timeline)
            try await records.believe(timeline, of: held, recording: recording)
        }
    }

    func entry(
        _ draft: StatementDraft,
        about subject: String,
        to object: String?,
        number: Int64? = nil
    ) async throws -> RegistryStatementStore.Entry {
        let known = try await records.related([subject, object].compactMap(\.self))
        return RegistryStatementStore.Entry(
            number: number,
            subject: known[subject]?.id ?? 0,
            object: object.flatMap { known[$0]?.id },
            draft: draft,
            slot: RecordModel.standard.statement(draft.type)?.slot ?? .none
        )
    }

    func say(_ draft: StatementDraft, about subject: String, to object: String?) async throws -> Int64 {
        let entry = try await entry(draft, about: subject, to: object)
        return try await write("said") { try await statements.add(entry, recording: $0) }
    }

    func record(_ key: String, on year: Int, asOf: Instant? = nil) async throws -> RegistryRecord? {
        try await records.find(key, at: RegistryMoment(asOf: asOf, validAt: day(year)))
    }

    func now() async throws -> Instant {
        try await connection.withTransaction { try await BatchStore($0).newestInstant() }
    }
}
