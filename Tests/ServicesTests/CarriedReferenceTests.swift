import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Storage
import TestSupport
import Testing

/// A database of a release whose platforms and programmes stood in reference tables, and its migration.
@Suite("Reference tables that became records", .timeLimit(.minutes(10)))
struct CarriedReferenceTests {
    /// Rows as that release had them: of the corridor's documents, but for those that cannot keep their codes.
    private static let data = """
        INSERT INTO collection.batch (id, dataset, file_name, sha256, bytes, media_type, mode, submitter, state,
            recorded_at, receipt)
        OVERRIDING SYSTEM VALUE
        SELECT id, name, name, repeat(id::text, 64), 1, 'text/csv', 'atomic', 'user:li', 'committed',
            timestamptz '2024-05-01' + id * interval '1 hour', '{}'
        FROM (VALUES (3, 'reference.programmes'), (4, 'reference.platforms')) AS b (id, name);
        SELECT setval(pg_get_serial_sequence('collection.batch', 'id'), 4);
        INSERT INTO registry.region (code, name_zh, name_en, level, roles, focus_industries, source_file,
            source_locator, batch_id, line)
        SELECT code, code, code, 'x', '', '', '', '', 1, 1
        FROM unnest('{corridor,corridor.circle.nanhu,340111}'::text[]) AS r (code);
        INSERT INTO registry.classification (vocabulary, code, name_zh, name_en, definition, source_file,
            source_locator, batch_id, line)
        SELECT 'platform_type', code, code, code, '', '', '', 2, 1
        FROM unnest('{provincial_lab,innovation_enclave,digital_platform}'::text[]) AS c (code);
        INSERT INTO registry.platform (code, name_zh, name_en, type, host, region_code, research_focus, status,
            source_file, source_locator, batch_id, line)
        VALUES ('lab.zhijiang', '之江实验室', 'Zhijiang Laboratory', 'provincial_lab', '之江实验室', 'corridor.circle.nanhu',
            'intelligent sensing, networks and computing; big data and blockchain; intelligent systems',
            'operating; to become a national laboratory', '000_694e92033c9f4141.txt', '§三(一) 构建新型实验室体系', 4, 2),
        ('enclave.hehang', '合杭梦想小镇', 'Hefei-Hangzhou Dream Town', 'innovation_enclave', '', '340111',
            'basic-research incubation', 'agreed 26 December 2019', '004_7ecacfc05819ac67.txt',
            '创新长三角：科技支撑区域一体化战略', 4, 129),
        ('enclave.silicon', '硅谷钱塘中心', 'Silicon Valley Qiantang centre', 'innovation_enclave', '', NULL,
            'overseas incubation', 'operating', '004_7ecacfc05819ac67.txt',
            '图解《杭州市落实长三角区域一体化发展国家战略行动计划》', 4, 130),
        ('same', '相同', 'Same', 'digital_platform', '', 'corridor', '', 'operating', 'f', 'l', 4, 131),
        ('-odd', '异常', '', 'digital_platform', '', 'corridor', '', 'somehow', 'f', 'l', 4, 132);
        INSERT INTO registry.programme (code, name_zh, name_en, subject, owner, quantified_goals, period,
            indicator_codes, source_file, source_locator, batch_id, line)
        VALUES ('kunpeng', '鲲鹏计划', 'Kunpeng plan (Zhejiang)', 'talent', 'Zhejiang', '', '2021-2025', '{}',
            '000_694e92033c9f4141.txt', '§四(一) 加快引进海内外科技创新领军人才', 3, 2),
        ('innovation_talent', '创新人才引育计划', 'Innovative-talent introduction and cultivation plan', 'talent', 'corridor',
            '350 top and leading talents; talent pool 700,000', '2021-2025',
            '{corridor.talent.total,corridor.talent.top_leading_introduced}', '001_cffdd46d6c013d24.txt',
            '杭州日报《举全市之力》', 3, 4),
        ('taken', '占用', 'Taken', 'elsewhere', '', '', '', '{}', 'f', 'l', 3, 5);
        INSERT INTO registry.recording (recorded_at, principal, activity, reason) VALUES ('epoch', 'user:li', 'a', '');
        INSERT INTO registry.record (kind, key, state, region_id, recording_id)
        SELECT kind, key, 'withdrawn', NULL, (SELECT max(id) FROM registry.recording)
        FROM (VALUES ('platform', 'same'), ('award', 'taken')) AS r (kind, key);
        """

    /// By what the trail of that release digested the rows.
    private static let contents = """
        SELECT 'platform', code, jsonb_build_object(
            'code', code, 'name_zh', name_zh, 'name_en', name_en, 'type', type, 'host', host,
            'region', region_code, 'research_focus', research_focus, 'status', status,
            'source_file', source_file, 'source_locator', source_locator
        )::text FROM registry.platform
        UNION ALL
        SELECT 'programme', code, jsonb_build_object(
            'code', code, 'name_zh', name_zh, 'name_en', name_en, 'subject', subject, 'owner', owner,
            'quantified_goals', quantified_goals, 'period', period, 'indicators', to_jsonb(indicator_codes),
            'source_file', source_file, 'source_locator', source_locator
        )::text FROM registry.programme
        """

    /// Runs a test on such a database, migrated and served.
    private func withCarried(_ body: (LivePlatform) async throws -> Void) async throws {
        let database = try await TestDatabase.create(migrated: false)
        let owner = try database.makePool()
        do {
            let before = StorageMigrations.all.filter { $0.schema != "registry_reference" }
            try await Migrator(pool: owner, migrations: before).up()
            try await owner.withConnection { try await $0.execute(script: Self.data) }
            let rows = try await owner.query(PostgresQuery(sql: Self.contents))
                .map { try $0.decode((String, String, String).self) }
            let platform = Platform(database: owner, directories: PlatformDirectories(data: "/tmp", spool: "/tmp"))
            try await platform.write(Activity(principal: Principal(id: "user:li", regions: .everywhere), id: "old")) {
                work in
                work.record(
                    try rows.map { kind, code, content in
                        AuditEntry(
                            "\(kind).create",
                            of: code,
                            after: AuditDigest(of: try CanonicalValue(json: content))
                        )
                    }
                )
            }
            let later = try await Migrator(pool: owner, migrations: StorageMigrations.all).up()
            #expect(later.count == StorageMigrations.all.count - before.count)
            try await ServiceRole.align(in: owner)
        } catch {
            await owner.shutdown(grace: .zero)
            try? await database.drop()
            throw error
        }
        await owner.shutdown()
        try await LivePlatform.run(on: database, body)
    }

    @Test("rows become records with key, place and source; what was printed stays; the files bring nothing new to them")
    func records() async throws {
        try await withCarried { platform in
            let client = try platform.client
            let one: RegistryRecord = try await client.get("/v1/platforms/enclave.hehang")
            #expect(one.attributes["status"] == .text("planned"))
            #expect(one.attributes["status_printed"] == .text("agreed 26 December 2019"))
            #expect(one.attributes["region"] == .text("340111") && one.from == nil)
            #expect(one.recorded.batch == 4 && one.recorded.principal == "service:migration")
            #expect(one.recorded.reason.contains("registry.platform"))
            let changed: RegistryRecord = try await client.get("/v1/programmes/innovation_talent")
            let measured = ["corridor.talent.total", "corridor.talent.top_leading_introduced"]
            #expect(changed.attributes["indicators"] == .list(measured.map { .text($0) }))

            // What cannot keep its code has a key of its own; the record that was there before is left alone.
            let programmes: Page<RegistryRecord> = try await client.get("/v1/programmes")
            let moved = try #require(programmes.items.first { $0.attributes["name_zh"] == .text("占用") })
            #expect(moved.key.hasPrefix("G-") && moved.attributes["subject"] == .text("other"))
            let odd: Page<RegistryRecord> = try await client.get("/v1/platforms", query: ["region": "corridor"])
            #expect(odd.items.map { $0.attributes["status_printed"] } == [.text("somehow")])
            #expect(odd.items.first?.attributes["status"] == nil)
            let became = try await platform.pool.query(
                "SELECT r.state FROM registry.carried_row c JOIN registry.record r ON r.id = c.record_id WHERE code = 'same'"
            ).map { try $0.decode(String.self) }
            #expect(became == ["withdrawn"])
            let gone = "SELECT coalesce(to_regclass('registry.platform'), to_regclass('registry.programme'))::text"
            #expect(try await platform.pool.queryOne(PostgresQuery(sql: gone))?.decode(String?.self) == nil)

            // The same facts by the way that they come today.
            for (plural, file) in [("regions", "regions.csv"), ("classifications", "classifications.csv")] {
                _ = try await platform.importRecords(plural, ReferenceData.file(file))
            }
            for (kind, rows, known) in [("platform", Int64(189), Int64(3)), ("programme", 79, 2)] {
                let batch = try await platform.importFile("\(kind)s", ReferenceData.file("\(kind)s.csv"))
                #expect(batch.state == .committed, "\(batch.conflicts)")
                #expect(batch.receipt?.unchanged == known && batch.receipt?.created == rows - known)
            }
        }
    }

    @Test("they are found by name, and the trail covers them as rows of then and as records of now")
    func trail() async throws {
        try await withCarried { platform in
            try await platform.waitForSettling()
            let client = try platform.client
            let found: Page<FoundRecord> = try await client.get("/v1/search", query: ["q": "kunpeng"])
            #expect(found.items.map(\.key) == ["kunpeng"])
            func compared(_ kind: String) async throws -> RecordComparison? {
                let page: Page<RecordComparison> = try await client.get("/v1/audit/records", query: ["kind": kind])
                return page.items.first
            }
            for (kind, count) in [("platform", Int64(5)), ("programme", 3), ("records", 2)] {
                let comparison = try await compared(kind)
                #expect(comparison?.records == count && comparison?.isIntact == true, "\(kind): \(comparison as Any)")
            }

            let all: Page<RecordComparison> = try await client.get("/v1/audit/records")
            #expect(Set(all.items.map(\.kind)).isSuperset(of: ["platform", "programme"]))

            let forge: PostgresQuery = "UPDATE registry.carried_row SET content = '{}' WHERE code = 'kunpeng'"
            await #expect(throws: PostgresError.self) { try await platform.pool.query(forge) }
            try await platform.pool.withTransaction { connection in
                try await connection.execute(script: "SET LOCAL session_replication_role = replica")
                try await connection.execute(forge)
            }
            #expect(try await compared("programme")?.faults.map(\.kind) == [.changed])
        }
    }
}
