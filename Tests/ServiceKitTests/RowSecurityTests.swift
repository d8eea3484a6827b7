import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Row-level security, as the role of services")
struct RowSecurityTests {
    /// A district A1 in a city A, a city B, and a record of each kind in A1 and in B.
    static let data = """
        INSERT INTO registry.region (code, name_zh, name_en, level, parent_code, roles, focus_industries, source_file,
            source_locator, batch_id, line)
        SELECT code, code, code, 'x', parent, '', '', '', '', 1, 1
        FROM (VALUES ('A', NULL), ('A1', 'A'), ('B', NULL)) AS r (code, parent);
        INSERT INTO statistics.indicator (code, name_zh, name_en, scope, domain, unit, unit_code, kind, aggregation,
            direction, batch_id, line)
        VALUES ('gdp', 'gdp', 'gdp', 's', 'd', 'u', 'u', 'flow', 'cumulative', 'higher', 1, 1);
        INSERT INTO collection.batch (dataset, file_name, sha256, bytes, media_type, mode, submitter, state)
        VALUES ('d', 'f', repeat('0', 64), 1, 'text/csv', 'atomic', 'user:li', 'received'),
            ('d', 'f', repeat('1', 64), 1, 'text/csv', 'atomic', 'user:wang', 'received');
        INSERT INTO collection.conflict (batch_id, ordinal, content) SELECT id, 1, '{}' FROM collection.batch;
        INSERT INTO statistics.series (indicator_id, region_id, frequency)
        SELECT i.id, r.id, 'A' FROM statistics.indicator i, registry.region r WHERE r.code IN ('A1', 'B');
        INSERT INTO statistics.observation (series_id, batch_id, period, revision, line, comparator, status,
            is_cumulative, value)
        SELECT id, 1, '2020-01-01', 1, 1, '=', 'A', false, 1 FROM statistics.series;
        INSERT INTO statistics.plan (code, name_zh, name_en, region_code, scope, baseline_year, start_year, end_year,
            batch_id, line)
        VALUES ('pA', 'pA', 'pA', 'A', 'a', 2015, 2016, 2020, 1, 1), ('pB', 'pB', 'pB', 'B', 'b', 2015, 2016, 2020, 1, 1);
        INSERT INTO statistics.target (plan_code, indicator_id, target_year, source_file, source_locator, revision,
            baseline_printed, is_cumulative, printed, growth_printed, ordinal, note, batch_id, line)
        SELECT p.code, i.id, 2020, '', '', 1, '', false, '', '', 1, '', b.id, 1
        FROM statistics.plan p, statistics.indicator i, collection.batch b WHERE b.submitter = 'user:li';
        INSERT INTO reports.assessment (plan_code, plan, period, as_of, method, parameters)
        SELECT code, jsonb_build_object('region', region_code), '2020', 'epoch', 'm', '{}' FROM statistics.plan;
        INSERT INTO reports.finding (assessment_id, ordinal, content) SELECT id, 1, '{}' FROM reports.assessment;
        INSERT INTO reports.edition (name, title, template, plan_code, period, language, as_of, assessment_id,
            fingerprint, notices)
        SELECT plan_code, '', '', plan_code, '2020', 'zh', 'epoch', id, '', '{}' FROM reports.assessment;
        INSERT INTO reports.rendering (edition_id, format, content, sha256)
        SELECT id, 'html', '', '' FROM reports.edition;
        INSERT INTO reports.figure (edition_id, code) SELECT id, 'x' FROM reports.edition;
        INSERT INTO registry.field (owner_type, owner, code, position, is_custom, definition)
        VALUES ('record', 'talent', 'region', 1, false, '{"code": "region", "type": "region", "privacy": "open",
            "isMany": false, "isRequired": false, "maximumLength": 100}');
        INSERT INTO registry.statement_type (code, position, definition)
        VALUES ('said', 1, '{"code": "said", "subjects": ["talent"], "objects": [], "needsObject": false,
            "choices": [], "slot": "none", "shares": "none"}');
        INSERT INTO registry.recording (recorded_at, principal, activity, reason) VALUES ('epoch', 'p', 'a', '');
        INSERT INTO registry.record (kind, key, state, region_id, recording_id)
        SELECT 'talent', 'T-' || r.code, 'active', r.id, g.id FROM registry.region r, registry.recording g
        WHERE r.code IN ('A1', 'B');
        INSERT INTO registry.record_version (record_id, valid_from, state, attributes, recorded_by)
        SELECT t.id, '-infinity', 'active', jsonb_build_object('region', r.code), t.recording_id
        FROM registry.record t JOIN registry.region r ON r.id = t.region_id;
        INSERT INTO registry.statement (type, subject_id, valid, attributes, recorded_by)
        SELECT 'said', id, '(,)', '{}', recording_id FROM registry.record;
        INSERT INTO registry.tally (measure, rule_version, days, as_of, counted_at, principal)
        VALUES ('talent.total', 1, '[2024-01-01,2025-01-01)', 'epoch', 'epoch', 'p');
        INSERT INTO registry.tally_part (tally_id, region_id, is_whole, records, total)
        SELECT tally.id, r.region_id, false, ARRAY[r.id], 1 FROM registry.tally, registry.record r;
        INSERT INTO registry.search_entry (record_id, ordinal, kind, field, region_id, shown, name, inside, pinyin,
            initials)
        SELECT id, 0, kind, 'name_zh', region_id, key, key, '{}', '{}', '{}' FROM registry.record;
        INSERT INTO registry.record_key (record_id, master, wrapped)
        SELECT id, 'a', decode(repeat('01', 61), 'hex') FROM registry.record;
        INSERT INTO registry.blind_index (field, hash, record_id)
        SELECT 'telephone', decode(repeat('01', 16), 'hex'), id FROM registry.record;
        """

    /// The tables with row-level security, with the rows of the data, and of those the ones in A and below.
    static let tables: [(name: String, all: Int64, inA: Int64)] = [
        ("statistics.series", 2, 1), ("statistics.observation", 2, 1),
        ("statistics.plan", 2, 1), ("statistics.target", 2, 1), ("reports.assessment", 2, 1),
        ("reports.finding", 2, 1), ("reports.edition", 2, 1), ("reports.rendering", 2, 1), ("reports.figure", 2, 1),
        ("collection.conflict", 2, 1), ("collection.batch", 2, 1),
        ("registry.record", 2, 1), ("registry.record_version", 2, 1), ("registry.statement", 2, 1),
        ("registry.tally_part", 2, 1), ("registry.search_entry", 2, 1), ("registry.record_key", 2, 1),
        ("registry.blind_index", 2, 1),
    ]

    /// A platform whose pool connects as a service does, on the data; and the regions A and A1.
    func withPlatform(
        connections: Int = 10,
        _ body: (Platform, _ inA: Principal) async throws -> Void
    ) async throws {
        let database = try await TestDatabase.create()
        let owner = try database.makePool()
        let service = try database.makeServicePool(connections: connections)
        do {
            try await owner.withConnection { try await $0.execute(script: Self.data) }
            let ids = try await owner.query("SELECT id FROM registry.region WHERE code LIKE 'A%'")
                .map { try $0.decode(Int32.self) }
            let platform = Platform(database: service, directories: PlatformDirectories(data: "/tmp", spool: "/tmp"))
            try await body(platform, Principal(id: "user:li", regions: .regions(Set(ids))))
        } catch {
            await service.shutdown(grace: .zero)
            await owner.shutdown(grace: .zero)
            try? await database.drop()
            throw error
        }
        await service.shutdown()
        await owner.shutdown()
        try await database.drop()
    }

    static func count(_ table: String, _ source: any PostgresQuerying) async throws -> Int64? {
        try await source.queryOne("SELECT count(*) FROM \(unescaped: table)")?.decode(Int64.self)
    }

    @Test("each table shows the rows of the principal's regions, all to whoever is everywhere, none to nobody")
    func reading() async throws {
        try await withPlatform { platform, inA in
            let everywhere = Principal(id: "service:test", regions: .everywhere)
            let nowhere = Principal(id: "user:zhao")
            for (table, all, few) in Self.tables {
                for (principal, expected) in [(everywhere, all), (inA, few), (nowhere, 0)] {
                    let seen = try await platform.read(principal) { try await Self.count(table, $0) }
                    #expect(seen == expected, "\(table) for \(principal.id)")
                    let alone = try await Self.count(table, platform.reader(for: principal))
                    #expect(alone == expected, "\(table) for \(principal.id), by one statement")
                }
                // Past the seam, with no settings at all.
                let seen = try await platform.database.withConnection { try await Self.count(table, $0) }
                #expect(seen == 0, "\(table)")
                let bare = try await Self.count(table, platform.database.reader.scoped(to: [:]))
                #expect(bare == 0, "\(table), by one statement")
            }
        }
    }

    @Test("every such table is forced, and the role owns nothing and is no superuser")
    func catalogue() async throws {
        try await withTestDatabase { pool in
            let forced = try await pool.query(
                """
                SELECT format('%s.%s', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relrowsecurity AND c.relforcerowsecurity
                """
            ).map { try $0.decode(String.self) }
            #expect(Set(forced).isSuperset(of: Self.tables.map(\.name)))
            let unforced = try await pool.queryOne(
                "SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
            )
            #expect(try unforced?.decode(Int64.self) == 0)
            let owned = try await pool.queryOne(
                """
                SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                WHERE r.rolname = 'ceyuan_service'
                """
            )
            #expect(try owned?.decode(Int64.self) == 0)
        }
    }

    @Test("a host refuses the owner's role and takes that of services")
    func role() async throws {
        let database = try await TestDatabase.create()
        let (owner, service) = (try database.makePool(), try database.makeServicePool())
        let check = RoleCheck(schemas: ["registry", "statistics"])
        await #expect(throws: HostError.self) { try await check.check(owner) }
        #expect(try await check.check(service).contains("reports"))
        let ingest = try database.makeServicePool(as: ServiceRole.ingest.name)
        #expect(try await !check.check(ingest).contains("reports"))
        let error = await #expect(throws: HostError.self) { try await RoleCheck(schemas: ["reports"]).check(ingest) }
        #expect(error?.exitCode == 78)
        await ingest.shutdown()
        await owner.shutdown()
        await service.shutdown()
        try await database.drop()
    }

    @Test("writes outside of the principal's regions are refused or touch nothing")
    func writing() async throws {
        try await withPlatform { platform, inA in
            let activity = Activity(principal: inA, id: "test")
            func insert(_ region: String?) async throws {
                try await platform.write(activity) { work in
                    try await work.connection.execute(
                        """
                        INSERT INTO registry.record (kind, key, state, region_id, recording_id)
                        SELECT 'talent', \("new-\(region ?? "none")")::text, 'active', (
                            SELECT r.id FROM registry.region r WHERE r.code = \(region)
                        ), g.id FROM registry.recording g
                        """
                    )
                    work.record(AuditEntry("record.create", of: region ?? "none"))
                }
            }
            try await insert("A1")
            for foreign in ["B", nil] {
                let error = await #expect(throws: PostgresError.self) { try await insert(foreign) }
                #expect(error?.sqlState == .insufficientPrivilege)
            }
            let touched = try await platform.write(activity) { work in
                work.changesNothing()
                return try await work.connection.execute(
                    "UPDATE registry.record SET state = 'closed' WHERE key = 'T-B'"
                )
            }
            #expect(touched == 0)
            let moved = await #expect(throws: PostgresError.self) {
                try await platform.write(activity) { work in
                    try await work.connection.execute(
                        """
                        UPDATE registry.record SET region_id = (SELECT id FROM registry.region WHERE code = 'B')
                        WHERE key = 'T-A1'
                        """
                    )
                }
            }
            #expect(moved?.sqlState == .insufficientPrivilege)
        }
    }

    @Test("a partition asked by its own name, a table made, a value overwritten: all refused")
    func privileges() async throws {
        try await withPlatform { platform, _ in
            let activity = Activity(principal: .service("test"), id: "test")
            for sql: PostgresQuery in [
                "SELECT * FROM statistics.observation_2016", "UPDATE statistics.observation SET value = 2",
                "DELETE FROM statistics.observation", "CREATE TABLE registry.mine (x int)",
                "ALTER TABLE registry.record DISABLE ROW LEVEL SECURITY", "SET ROLE ceyuan",
                "DELETE FROM platform.migration", "DELETE FROM identity.token", "TRUNCATE registry.record",
            ] {
                let error = await #expect(throws: PostgresError.self, "\(sql.sql)") {
                    try await platform.write(activity) { try await $0.connection.execute(sql) }
                }
                #expect(error?.sqlState == .insufficientPrivilege, "\(sql.sql)")
            }
        }
    }
}
