import Collection
import DomainModel
import FoundationEssentials
import PostgresClient
import ServiceKit
import Storage
import Tabular
import TestSupport

/// A database and a spool of a test's own, and short ways to import files into them.
struct Workbench: Sendable {
    let pool: PostgresPool
    let spool: Spool

    /// Runs a test with both, which are gone afterwards.
    @discardableResult
    static func run<R>(_ body: (Workbench) async throws -> R) async throws -> R {
        try await withTestDatabase { pool in
            try await withSpool { spool in try await body(Workbench(pool: pool, spool: spool)) }
        }
    }

    @discardableResult
    static func withSpool<R>(_ body: (Spool) async throws -> R) async throws -> R {
        let directory = "/tmp/ceyuan-spool-\(UInt64.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try await body(try Spool(directory: directory))
    }

    /// Imports bytes.
    func take<Record: Sendable>(
        _ schema: RecordSchema<Record>,
        _ bytes: [UInt8],
        type: String = "text/csv",
        rehearses: Bool = false
    ) async throws -> Batch {
        let writer = try spool.begin(limit: 1 << 30)
        try writer.write(bytes)
        let submission = RecordImport<Record>.Submission(
            file: try await writer.finish(),
            fileName: "test.csv",
            mediaType: type,
            format: try TabularFormat(contentType: type),
            submitter: "test"
        )
        let platform = Platform(
            database: pool,
            directories: PlatformDirectories(data: spool.directory, spool: spool.directory)
        )
        let activity = Activity(principal: Principal(id: "user:test"), id: "test")
        return try await RecordImport(schema, platform: platform, spool: spool)
            .run(submission, as: activity, rehearses: rehearses)
    }

    /// Imports a text.
    func take<Record: Sendable>(
        _ schema: RecordSchema<Record>,
        _ text: String,
        rehearses: Bool = false
    ) async throws -> Batch {
        try await take(schema, Array(text.utf8), rehearses: rehearses)
    }

    /// Imports every reference file, in the order in which they refer to each other.
    @discardableResult
    func loadReference(rehearses: Bool = false) async throws -> [Batch] {
        [
            try await take(.regions, Self.reference("regions"), rehearses: rehearses),
            try await take(.classifications, Self.reference("classifications"), rehearses: rehearses),
            try await take(.indicators, Self.reference("indicators"), rehearses: rehearses),
            try await take(.plans, Self.reference("plans"), rehearses: rehearses),
            try await take(.targets, Self.reference("indicators"), rehearses: rehearses),
            try await take(.datasets, Self.reference("datasets"), rehearses: rehearses),
        ]
    }

    /// A file of `deploy/reference`.
    static func reference(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: "deploy/reference/\(name).csv").path
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// The number of rows of every table.
    func rowCounts() async throws -> [String: Int64] {
        let names = try await pool.query(
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
            """
        ).map { try $0.decode(String.self) }
        var counts: [String: Int64] = [:]
        for name in names {
            counts[name] = try await pool.queryOne("SELECT count(*) FROM \(unescaped: name)")?.decode(Int64.self)
        }
        return counts
    }

    /// The files that the spool holds, also unfinished ones.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: spool.directory).filter { name in
            var isDirectory = false
            _ = FileManager.default.fileExists(atPath: "\(spool.directory)/\(name)", isDirectory: &isDirectory)
            return !isDirectory
        }
    }
}
