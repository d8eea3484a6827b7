import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Storage
import TestSupport

/// The platform as a process of its own, on a database of its own: what an operator starts, and what a test may kill.
final class LivePlatform {
    /// The database behind it.
    let database: TestDatabase
    /// Direct access to the database, to look behind the services.
    let pool: PostgresPool
    /// The folder that submitted files are kept in.
    let home: URL
    /// The token of `user:test`, who may do everything.
    let administrator = APIToken()
    /// The key of its audit trail.
    let auditKey = AuditKey()
    private var host: HostProcess?
    var address = ""

    private init(database: TestDatabase) throws {
        self.database = database
        pool = try database.makePool()
        home = FileManager.default.temporaryDirectory.appending(path: "ceyuan-live-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let file = home.appending(path: "audit.key")
        try Data(auditKey.text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// Runs a test against a platform that is stopped and removed afterwards.
    ///
    /// - Parameters:
    ///   - database: Where; a database of its own unless given. It is dropped in the end.
    ///   - starts: False starts no process: the test does.
    ///   - body: The test.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``HostProcess/Ended``, ``HostProcess/Unstoppable``.
    static func run<Value>(
        on database: TestDatabase? = nil,
        starts: Bool = true,
        _ body: (LivePlatform) async throws -> Value
    ) async throws -> Value {
        let own: TestDatabase
        if let database { own = database } else { own = try await TestDatabase.create() }
        let platform = try LivePlatform(database: own)
        do {
            try await platform.pool.addUser("test", role: "administrator", token: platform.administrator)
            if starts { try await platform.start() }
            let value = try await body(platform)
            try await platform.remove()
            return value
        } catch {
            try? await platform.remove()
            throw error
        }
    }

    /// Runs a test against a platform that has the reference data of the repository.
    static func runWithReferenceData<Value>(
        on database: TestDatabase? = nil,
        _ body: (LivePlatform) async throws -> Value
    ) async throws -> Value {
        try await run(on: database) { platform in
            for kind in ReferenceData.kinds {
                _ = try await platform.importRecords(kind.plural, ReferenceData.file(kind.file))
            }
            return try await body(platform)
        }
    }

    /// A client of all services.
    var client: PlatformClient {
        get throws { try client(token: administrator.text) }
    }

    /// A client of all services for whoever has a token, or for nobody.
    func client(token: String?) throws -> PlatformClient {
        var options = PlatformClient.Options()
        if let token { options.headers.append(("Authorization", "Bearer \(token)")) }
        return try PlatformClient(address, options: options)
    }

    /// Starts the process and waits until it listens.
    ///
    /// - Parameter settings: More variables of its environment.
    /// - Throws: ``HostProcess/Ended``.
    func start(_ settings: [String: String] = [:]) async throws {
        host = try await startHost("ceyuan-platform", settings)
        address = host?.address ?? ""
    }

    /// Starts another program on the database, and waits until it listens.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - role: The database role that it connects as.
    ///   - settings: More variables of its environment.
    ///   - openFiles: The most files that it may have open.
    /// - Returns: The process; whoever starts it stops it.
    /// - Throws: ``HostProcess/Ended``.
    func startHost(
        _ program: String,
        as role: String = ServiceRole.everyService,
        _ settings: [String: String] = [:],
        openFiles: Int? = nil
    ) async throws -> HostProcess {
        let own = [
            "CEYUAN_DATABASE_URL": database.connectionString(as: role),
            "CEYUAN_DIRECTORIES_DATA": home.appending(path: "data").path,
            "CEYUAN_DIRECTORIES_SPOOL": home.appending(path: "spool").path,
            "CEYUAN_AUDIT_KEY_FILE": home.appending(path: "audit.key").path,
        ]
        return try await HostProcess(program, own.merging(settings) { $1 }, in: home, openFiles: openFiles)
    }

    /// A batch did not end within two minutes.
    struct Endless: Error {
        let batch: Batch
        let log: String
    }

    /// What it wrote to its log.
    var log: String { host?.log ?? "" }

    /// Ends the process as a power cut would.
    func kill() {
        host?.kill()
        host = nil
    }

    private func remove() async throws {
        try await host?.stop()
        await pool.shutdown(grace: .zero)
        try await database.drop()
        try? FileManager.default.removeItem(at: home)
    }

    /// A program of this package, beside the test bundle.
    static func program(_ name: String) -> URL {
        Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
            .appending(path: name)
            ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: name)
    }
}

extension LivePlatform {
    /// Writes a file of the test's.
    func write(_ name: String, _ text: String) throws -> String {
        try write(name, Data(text.utf8))
    }

    /// Writes a file of the test's.
    func write(_ name: String, _ bytes: Data) throws -> String {
        let url = home.appending(path: name)
        try bytes.write(to: url)
        return url.path
    }

    /// Imports reference records.
    func importRecords(_ plural: String, _ file: String, rehearse: Bool = false) async throws -> Batch {
        let query: Query = [
            "filename": URL(filePath: file).lastPathComponent, "rehearse": rehearse ? "true" : nil,
        ]
        return try await client.upload(
            "/v1/\(plural)/import",
            query: query,
            file: file,
            contentType: "text/csv",
            as: Batch.self
        ).body
    }

    /// Submits a file and waits for its end.
    func submit(
        _ file: String,
        to dataset: String = "corridor.planning_documents",
        mode: Batch.Mode? = nil,
        contentType: String = "text/csv",
        options: [String: String] = [:]
    ) async throws -> Batch {
        let batch = try await send(file, to: dataset, mode: mode, contentType: contentType, options: options)
        return batch.state.isFinal ? batch : try await end(of: batch.id)
    }

    /// Submits a file.
    func send(
        _ file: String,
        to dataset: String,
        mode: Batch.Mode? = nil,
        contentType: String = "text/csv",
        options: [String: String] = [:]
    ) async throws -> Batch {
        let query: Query = [
            "dataset": dataset, "filename": URL(filePath: file).lastPathComponent,
            "mode": mode?.rawValue, "rehearse": options["rehearse"], "expect": options["expect"],
            "reevaluate": options["reevaluate"],
        ]
        return try await client.upload(
            "/v1/batches",
            query: query,
            file: file,
            contentType: contentType,
            as: Batch.self
        ).body
    }

    /// Waits for a batch to end.
    func end(of batch: Int64) async throws -> Batch {
        let end = ContinuousClock.now + .seconds(120)
        while true {
            let found: Batch = try await client.get("/v1/batches/\(batch)", query: ["wait": "10"])
            if found.state.isFinal { return found }
            if ContinuousClock.now > end { throw Endless(batch: found, log: log) }
        }
    }

    /// Waits until the values of all batches are recorded in the audit trail.
    func waitForSeals() async throws {
        let open: PostgresQuery =
            "SELECT FROM jobs.job WHERE kind = 'ingest.seal' AND state IN ('delayed', 'waiting', 'running')"
        while try await !pool.query(open).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// The number of rows of every table of the database, by name; without what is kept of requests and
    /// what goes on by itself in the background. A published event shows in `outbox.subject`.
    func rowCounts() async throws -> [String: Int64] {
        try await waitForSeals()
        let tables = try await pool.query(
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'jobs', 'requests')
                AND schemaname NOT LIKE 'pg_temp%'
                AND NOT (schemaname = 'outbox' AND tablename <> 'subject')
                AND NOT (schemaname = 'webhooks' AND tablename LIKE 'attempt%')
            """
        ).map { try $0.decode(String.self) }
        var counts: [String: Int64] = [:]
        for table in tables {
            let row = try await pool.queryOne("SELECT count(*) FROM \(unescaped: table)")
            counts[table] = try row?.decode(Int64.self)
        }
        return counts
    }
}
