import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Storage
import TestSupport
import Testing

/// Erasure through the live service and its real database role.
@Suite("Erasure", .timeLimit(.minutes(5)))
struct ErasureRoutesTests {
    private struct Saying: Encodable {
        var type: String
        var object: String?
        var term: String?
        var from: String?
        var attributes: Attributes?
    }

    private struct Made: Encodable {
        let key: String
        let attributes: Attributes
    }

    private func withTwoPeople(_ body: (TwoPeople) async throws -> Void) async throws {
        try await LivePlatform.runWithReferenceData { try await body(TwoPeople($0)) }
    }

    private func say(_ key: String, _ saying: Saying, _ people: TwoPeople) async throws -> RegistryStatement {
        try await people.officer.post("/v1/records/\(key)/statements", body: saying)
    }

    /// A person with a history, a tier, an employer, and a grant that leads to them.
    private func makePerson(_ people: TwoPeople) async throws -> (known: Instant, grant: Int64) {
        let region = AttributeValue.text(TwoPeople.own)
        let private1: Attributes = [
            "birth_date": .text("1980-05-17"), "degree": .text("doctor"), "major": .text("量子光学"),
            "note": .text("林知远 的备注"), "is_stem": .boolean(true),
        ]
        try await people.talent("p", private1)
        let firm = Made(key: "e", attributes: ["name_zh": .text("甲公司"), "region": region])
        _ = try await people.officer.post("/v1/enterprises", body: firm, as: RegistryRecord.self)
        let grant = Made(
            key: "s",
            attributes: ["name_zh": .text("资助"), "region": region, "instrument": .text("grant")]
        )
        _ = try await people.officer.post("/v1/supports", body: grant, as: RegistryRecord.self)
        _ = try await say(
            "p",
            Saying(type: "presence", from: "2020-01-01", attributes: ["origin": .text("月球城")]),
            people
        )
        let tier = Saying(
            type: "tier",
            term: "leading",
            from: "2021-01-01",
            attributes: ["evidence": .text("林知远 的证书")]
        )
        _ = try await say("p", tier, people)
        _ = try await say("p", Saying(type: "employment", object: "e", term: "full_time", from: "2020-01-01"), people)
        let to = try await say("s", Saying(type: "beneficiary", object: "p", from: "2022-01-01"), people)
        struct Patch: Encodable {
            let from: String
            let isCorrection = true
            let reason = "typing error"
            let attributes: Attributes
        }
        let reply: HTTPReply<RegistryRecord> = try await people.officer.reply(get: "/v1/talents/p")
        let mended: HTTPReply<RegistryRecord> = try await people.officer.matching(try #require(reply["ETag"])).patch(
            "/v1/talents/p",
            body: Patch(from: "2020-01-01", attributes: ["name_zh": .text("林致远")])
        )
        return (mended.body.recorded.at, to.number)
    }

    private func count(_ measure: String, asOf: Instant?, _ people: TwoPeople) async throws -> [RegionCount] {
        let order = CountOrder(measures: [measure], period: .year(2_024), asOf: asOf)
        let counted: [CountedMeasure] = try await people.platform.client.post("/v1/counts", body: order)
        return try #require(counted.first).values
    }

    /// Tables of the register where a text stands.
    private func places(of text: String, _ people: TwoPeople) async throws -> [String] {
        let tables = try await people.platform.pool.query(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'registry' ORDER BY 1"
        ).map { try $0.decode(String.self) }
        var found: [String] = []
        for table in tables {
            let row = try await people.platform.pool.queryOne(
                "SELECT count(*) FROM \(unescaped: table) AS t WHERE strpos(t::text, \(text)) > 0"
            )
            if try row?.decode(Int64.self) != 0 { found.append(table) }
        }
        return found
    }

    @Test("a person whom a file brought is erased by an officer of one region, and the trail of the file holds")
    func imported() async throws {
        try await withTwoPeople { people in
            let file = try people.platform.write(
                "talents.csv",
                "key,from,name_zh,region\np,2020-01-01,林知远,330110\nq,2020-01-01,陈墨,330106\n"
            )
            let batch = try await people.platform.importFile("talents", file)
            #expect(batch.receipt?.created == 2, "\(batch.conflicts)")
            try await people.platform.waitForSettling()
            let approval = try await people.approvedErasure(of: "p")
            let order = ApprovedOrder(approval: approval.number)
            let left: Tombstone = try await people.officer.post("/v1/records/p/erasure", body: order)
            #expect(left.batches == [batch.id])
            #expect(try await places(of: "林知远", people) == [])
            for kind in ["record", "records", "erasure"] { #expect(try await people.faults(of: kind) == 0, "\(kind)") }
        }
    }

    @Test("a person is erased: names, values and employer are gone from all versions, and all counts stay")
    func life() async throws {
        try await withTwoPeople { people in
            let (known, grant) = try await makePerson(people)
            let measures = ["talent.total", "talent.star.leading", "talent.stem_share"]
            var before: [[RegionCount]] = []
            for measure in measures {
                before.append(try await count(measure, asOf: nil, people))
                before.append(try await count(measure, asOf: known, people))
            }
            #expect(before.contains { $0.contains { $0.records == 1 } })
            #expect(try await places(of: "林知远", people).contains("registry.record_version"))

            let rehearsal: ErasureRehearsal = try await people.officer.get("/v1/records/p/erasure/rehearsal")
            #expect(rehearsal.goes == ["birth_date", "major", "name_zh", "note", "presence.origin", "tier.evidence"])
            #expect(rehearsal.stays == ["degree", "is_stem", "region"])
            #expect(rehearsal.versions == 2 && rehearsal.statements == 3 && rehearsal.incoming == [grant])

            let approval = try await people.approvedErasure(of: "p")
            let order = ApprovedOrder(approval: approval.number)
            let left: Tombstone = try await people.officer.post("/v1/records/p/erasure", body: order)
            #expect(left.fields == rehearsal.goes && left.erasedBy == "user:officer" && left.incoming == [grant])
            let shown = try await people.waitForFiles(of: "p")
            #expect(shown.fields == left.fields && shown.incoming == [grant] && shown.files.blanked == [])

            for text in ["林知远", "林致远", "1980-05-17", "量子光学", "月球城", "linzhiyuan"] {
                #expect(try await places(of: text, people) == [], "\(text)")
            }
            let past: Query = ["asOf": known.description]
            for (path, query) in [
                ("/v1/talents/p", [:]), ("/v1/talents/p", past), ("/v1/records/p", past), ("/v1/records/p/page", past),
                ("/v1/records/p/history", [:]),
            ] as [(String, Query)] {
                #expect(
                    await people.code { try await people.officer.bytes(path, query: query) } == "RECORD_ENDED",
                    "\(path)"
                )
            }
            for query in [[:], past] as [Query] {
                #expect(
                    try await people.officer.get("/v1/talents", query: query, as: Page<RegistryRecord>.self).items == []
                )
            }
            var about: Query = ["subject": "p"]
            #expect(
                try await people.officer.get("/v1/statements", query: about, as: Page<RegistryStatement>.self).items
                    == []
            )
            about = ["object": "e", "asOf": known.description]
            #expect(
                try await people.officer.get("/v1/statements", query: about, as: Page<RegistryStatement>.self).items
                    == []
            )
            let found: Page<FoundRecord> = try await people.officer.get("/v1/search", query: ["q": "林"])
            #expect(found.items == [])

            var after: [[RegionCount]] = []
            for measure in measures {
                after.append(try await count(measure, asOf: nil, people))
                after.append(try await count(measure, asOf: known, people))
            }
            #expect(after == before)
            for kind in ["record", "approval", "erasure"] { #expect(try await people.faults(of: kind) == 0, "\(kind)") }

            // Nothing is said of a tombstone any more, and nobody is erased twice.
            let related = Saying(type: "beneficiary", object: "p", from: "2023-01-01")
            #expect(await people.code { try await say("s", related, people) } == "RECORD_INVALID")
            #expect(await people.code { try await say("p", Saying(type: "presence"), people) } == "RECORD_ENDED")
            let again = await people.code {
                try await people.officer.post("/v1/records/p/erasure", body: order, as: Tombstone.self)
            }
            #expect(again == "RECORD_ENDED")
            #expect(await people.code { try await people.approvedErasure(of: "p") } == "RECORD_ENDED")
            let used: Approval = try await people.officer.get("/v1/approvals/\(approval.number)")
            #expect(used.state == .used)
        }
    }

    @Test("without the approval of another person, in time, for this record, nothing is erased")
    func approvals() async throws {
        try await withTwoPeople { people in
            for key in ["p", "q"] { try await people.talent(key) }
            func erase(_ key: String, _ number: Int64, _ client: PlatformClient) async -> String? {
                await people.code {
                    try await client.post(
                        "/v1/records/\(key)/erasure",
                        body: ApprovedOrder(approval: number),
                        as: Tombstone.self
                    )
                }
            }
            let asked: Approval = try await people.officer.post(
                "/v1/records/p/erasure/request",
                body: ErasureOrder(reason: "request 7")
            )
            #expect(await erase("p", asked.number, people.officer) == "APPROVAL_STATE")
            let approved = try await people.approve(asked)
            #expect(await erase("q", approved.number, people.officer) == "APPROVAL_STATE")
            #expect(await erase("p", approved.number, try people.platform.client) == "APPROVAL_OF_OTHERS")
            #expect(await erase("p", 999, people.officer) == "NOT_FOUND")
            try await people.expire(approved.number)
            #expect(await erase("p", approved.number, people.officer) == "APPROVAL_STATE")
            #expect(try await people.officer.get("/v1/talents/p", as: RegistryRecord.self).state == .active)

            // Nor in the database, in whoever's name.
            for name in ["user:officer", "user:test"] {
                await #expect(throws: PostgresError.self) {
                    try await people.platform.pool.withTransaction { connection in
                        try await connection.query("SELECT set_config('ceyuan.principal', \(name), true)")
                        try await connection.query(
                            """
                            SELECT registry.erase(r.id, r.recording_id, \(approved.number)) FROM registry.record r
                            WHERE r.key = 'p'
                            """
                        )
                    }
                }
            }
            for statement in [
                "UPDATE registry.record_version SET attributes = '{}'", "DELETE FROM registry.record_version",
                "SELECT registry.erase(1, 1, 1)", "INSERT INTO registry.erasure SELECT * FROM registry.erasure",
            ] {
                let pool = try people.platform.database.makeServicePool(connections: 1)
                await #expect(throws: PostgresError.self, "\(statement)") {
                    try await pool.execute("\(unescaped: statement)")
                }
                await pool.shutdown(grace: .zero)
            }
        }
    }

    private static func erase(_ approval: Int64, _ client: PlatformClient) async -> String? {
        await TwoPeople.code {
            try await client.post(
                "/v1/records/p/erasure",
                body: ApprovedOrder(approval: approval),
                as: Tombstone.self
            )
        }
    }

    @Test("of two who erase at once one is heard; a person of another district is as if not there")
    func races() async throws {
        try await withTwoPeople { people in
            try await people.talent("p")
            try await people.talent("foreign", in: TwoPeople.foreign)
            let approval = try await people.approvedErasure(of: "p")
            let officer = people.officer
            async let first = Self.erase(approval.number, officer)
            async let second = Self.erase(approval.number, officer)
            #expect(Set(await [first, second]) == [nil, "RECORD_ENDED"])
            for path in ["/v1/records/foreign/erasure/rehearsal", "/v1/records/foreign/erasure"] {
                #expect(await people.code { try await people.officer.bytes(path) } == "NOT_FOUND")
            }
            #expect(await people.code { try await people.approvedErasure(of: "foreign") } == "NOT_FOUND")
        }
    }

    @Test("a withdrawn record is erased too, and still counts for nothing")
    func withdrawn() async throws {
        try await withTwoPeople { people in
            let (known, _) = try await makePerson(people)
            let reply: HTTPReply<RegistryRecord> = try await people.officer.reply(get: "/v1/talents/p")
            try await people.officer.matching(try #require(reply["ETag"]))
                .delete("/v1/records/p", query: ["reason": "never was"])
            let before = try await count("talent.total", asOf: known, people)
            let approval = try await people.approvedErasure(of: "p")
            _ = try await people.officer.post(
                "/v1/records/p/erasure",
                body: ApprovedOrder(approval: approval.number),
                as: Tombstone.self
            )
            #expect(try await places(of: "林知远", people) == [])
            #expect(try await count("talent.total", asOf: known, people) == before)
            #expect(
                await people.code {
                    try await people.officer.bytes("/v1/talents/p", query: ["asOf": known.description])
                }
                    == "RECORD_ENDED"
            )
        }
    }
}
