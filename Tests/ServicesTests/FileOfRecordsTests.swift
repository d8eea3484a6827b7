import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import Testing

/// Files of records over the live service: data about persons stand in them unmasked.
@Suite("Files of records", .timeLimit(.minutes(5)))
struct FileOfRecordsTests {
    @Test("a file of records goes back to its sender alone, and the trail says so; others are given out as before")
    func sender() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let content = "key,from,name_zh,birth_date,region\nT-1,2020-01-01,林知远,1980-01-02,330110\n"
            let people = try await platform.importFile("talents", try platform.write("people.csv", content))
            let posts = try await platform.importRecords("regions", ReferenceData.file("regions.csv"))
            func file(_ batch: Batch) -> String { "/v1/batches/\(batch.id)/file" }
            for role in ["viewer", "registry_officer", "administrator"] {
                let token = APIToken()
                try await platform.pool.addUser(role, role: role, token: token)
                let client = try platform.client(token: token.text)
                let refused = await Sent.refusal { try await client.bytes(file(people)) }
                #expect(refused?.code == "FILE_OF_RECORDS" && refused?.status == 403, "\(role)")
                _ = try await client.bytes(file(posts))
            }
            #expect(try await platform.client.bytes(file(people)).body == Array(content.utf8))
            let events: Page<AuditRecord> = try await platform.client.get(
                "/v1/audit/events",
                query: ["kind": "batch", "key": String(people.id), "action": "batch.fetch"]
            )
            #expect(events.items.map(\.principal) == ["user:test"])
        }
    }
}
