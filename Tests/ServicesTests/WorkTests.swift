import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

@Suite("Background work over HTTP", .timeLimit(.minutes(5)))
struct WorkTests {
    private struct Feed: Decodable, Sendable {
        struct Event: Decodable, Sendable {
            var type: String
            var subject: String
            var position: String
        }
        var items: [Event]
        var next: String
    }

    @Test("what the services do is in the feed, once, in order")
    func events() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let start: Feed = try await client.get("/v1/events", query: ["limit": "1000"])
            #expect(start.items.filter { $0.type == "ceyuan.reference.changed" }.count == ReferenceData.kinds.count)
            #expect(start.items.map(\.position) == (1...start.items.count).map(String.init))
            let good = try await platform.submit(ReferenceData.file("observations.csv"))
            let bad = try await platform.submit(
                try platform.write("bad.csv", "indicator,region,period,value\nno.such,330110,2020,1\n")
            )
            #expect(bad.state == .refused)
            let plan: Page<Plan> = try await client.get("/v1/plans", query: ["limit": "1"])
            let edition: Edition = try await client.post(
                "/v1/editions",
                body: EditionRequest(
                    template: .endOfPlan,
                    plan: try #require(plan.items.first).code,
                    period: nil,
                    language: .zh,
                    asOf: nil
                )
            )
            // The same question again makes nothing new, and so says nothing.
            _ = try await client.post("/v1/editions", body: edition.request, as: Edition.self)
            let rest: Feed = try await client.get("/v1/events", query: ["after": start.next, "wait": "10"])
            #expect(
                rest.items.map { "\($0.type) \($0.subject)" } == [
                    "ceyuan.batch.committed /v1/batches/\(good.id)", "ceyuan.batch.refused /v1/batches/\(bad.id)",
                    "ceyuan.assessment.made /v1/assessments/\(edition.assessment)",
                    "ceyuan.edition.made /v1/editions/\(edition.id)",
                ]
            )
        }
    }

    @Test("a load whose workers were all killed is given up, and its batch says so")
    func givenUp() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            platform.kill()
            // What five killed workers leave behind.
            let batch = try await platform.pool.queryOne(
                """
                WITH sent AS (
                    INSERT INTO collection.batch (dataset, file_name, sha256, bytes, media_type, mode, submitter, state)
                    VALUES ('monthly.indicators', 'x.csv', repeat('0', 64), 1, 'text/csv', 'atomic', 'test', 'loading')
                    RETURNING id),
                job AS (
                    INSERT INTO jobs.job (kind, payload, priority, state, run_at, attempt, fence, owner, leased_until)
                    SELECT 'ingest.load', jsonb_build_object('batch', id), 0, 'running', now(), 5, 5, 'killed',
                        now() - interval '1 second' FROM sent)
                SELECT id FROM sent
                """
            )
            let id = try #require(try batch?.decode(Int64.self))
            try await platform.start()
            let end = try await platform.end(of: id)
            #expect(end.state == .failed)
            #expect(end.failure == "the lease of killed ran out")
            let dead: Page<JobRecord> = try await platform.client.get("/v1/jobs", query: ["state": "dead"])
            #expect(dead.items.map(\.kind) == ["ingest.load"])
            let feed: Feed = try await platform.client.get("/v1/events", query: ["type": "ceyuan.batch.failed"])
            #expect(feed.items.map(\.subject) == ["/v1/batches/\(id)"])
            // Nobody replays a batch that has failed for good; the dead letter can be put away.
            let job = try #require(dead.items.first)
            let gone: JobRecord = try await platform.client.post("/v1/jobs/\(job.id)/cancel")
            #expect(gone.state == .cancelled)
        }
    }

    @Test("schedules are made, run, paused and removed; what is wrong with one is said")
    func schedules() async throws {
        try await LivePlatform.run { platform in
            let client = try platform.client
            let order = ScheduleOrder(cron: "0 8 1 * *", timeZone: "Asia/Shanghai", kind: "nobody.listens")
            let made: Schedule = try await client.put("/v1/schedules/monthly", body: order)
            #expect(made.nextAt.description.hasSuffix("-01T00:00:00.000000Z") && !made.isPaused)
            let job: JobRecord = try await client.post("/v1/schedules/monthly/run")
            #expect(job.kind == "nobody.listens" && job.uniqueKey == "schedule:monthly")
            let paused: Schedule = try await client.post("/v1/schedules/monthly/pause")
            #expect(paused.isPaused)
            let wrong = ScheduleOrder(cron: "61 * * * *", timeZone: "Asia/Shanghai", kind: "x")
            let error = await #expect(throws: PlatformClientError.self) {
                try await client.put("/v1/schedules/wrong", body: wrong, as: Schedule.self)
            }
            #expect(error?.code == "SCHEDULE_INVALID")
            try await client.delete("/v1/schedules/monthly")
            let left: Page<Schedule> = try await client.get("/v1/schedules")
            #expect(left.items.map(\.name) == ["audit.checkpoint", "registry.rules"])
        }
    }

    @Test("a webhook to the inside is refused with a reason, and the secret is shown once")
    func webhooks() async throws {
        struct Order: Encodable, Sendable { let url: String }
        try await LivePlatform.run { platform in
            let client = try platform.client
            for url in ["http://example.com/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "x"] {
                let error = await #expect(throws: PlatformClientError.self) {
                    try await client.post("/v1/webhooks", body: Order(url: url), as: NewWebhook.self)
                }
                #expect(error?.code == "WEBHOOK_ADDRESS_REFUSED", "\(url)")
            }
            let made: NewWebhook = try await client.post("/v1/webhooks", body: Order(url: "https://1.1.1.1/in"))
            #expect(made.secret?.hasPrefix("whsec_") == true)
            let seen = try await client.bytes("/v1/webhooks/\(made.subscription.id)")
            #expect(!String(decoding: seen.body, as: UTF8.self).contains("whsec_"))
            let kept = try await platform.pool.queryOne(
                "SELECT position(convert_to(\(made.secret ?? "?")::text, 'UTF8') IN secret) FROM webhooks.subscription"
            )
            #expect(try kept?.decode(Int32.self) == 0)
            try await client.delete("/v1/webhooks/\(made.subscription.id)")
        }
    }
}
