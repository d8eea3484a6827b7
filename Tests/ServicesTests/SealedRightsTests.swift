import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Sealed values and the rights of persons: given out to the person and in approved exports, gone with an erasure.
@Suite("Sealed values and the rights of persons", .timeLimit(.minutes(5)))
struct SealedRightsTests {
    private struct Made: Encodable {
        let key: String
        let attributes: Attributes
    }

    @Test("a copy and an approved export open them; an erasure destroys the key, and nothing finds them")
    func sealed() async throws {
        try await LivePlatform.run(starts: false) { platform in
            let file = try platform.write("personal.keys", MasterKeys.newText(naming: "a"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": file])
            let people = try await TwoPeople(platform, in: nil)
            let person = Made(
                key: "p",
                attributes: ["name_zh": .text("林知远"), "telephone": .list([.text("13800005678")])]
            )
            _ = try await people.officer.post("/v1/talents", body: person, as: RegistryRecord.self)

            let asked: SubjectRequest = try await people.officer.post(
                "/v1/subject-requests",
                body: SubjectOrder(subject: "p", kind: .copy, channel: .paper)
            )
            let path = "/v1/subject-requests/\(asked.number)"
            let seen = SubjectStepOrder(remark: "passport seen")
            _ = try await people.officer.post("\(path)/take", body: seen, as: SubjectRequest.self)
            let copy: SubjectCopy = try await people.officer.get("\(path)/copy")
            #expect(copy.versions.map { $0.attributes["telephone"]?.spelling.contains("13800005678") } == [true])
            #expect(copy.history.contains { $0.new?.spelling.contains("13800005678") == true })

            let order = ExportOrder(
                records: ["p"],
                fields: ["telephone"],
                purpose: "visa",
                reason: "visas",
                recipient: "office"
            )
            let export: Approval = try await people.officer.post("/v1/personal-exports", body: order)
            _ = try await people.approve(export)
            let data = try await people.officer.bytes("/v1/personal-exports/\(export.number)")
            #expect(String(decoding: data.body, as: UTF8.self).contains("13800005678"))

            func rows() async throws -> [Int64] {
                let row = try await platform.pool.queryOne(
                    """
                    SELECT (SELECT count(*) FROM registry.record_key), (SELECT count(*) FROM registry.blind_index),
                        (SELECT count(*) FROM registry.record_version v WHERE v::text LIKE '%sealed:%')
                    """
                )
                let (keys, hashes, texts) = try #require(row).decode((Int64, Int64, Int64).self)
                return [keys, hashes, texts]
            }
            #expect(try await rows() == [1, 1, 1])
            let approval = try await people.approvedErasure(of: "p")
            let left: Tombstone = try await people.officer.post(
                "/v1/records/p/erasure",
                body: ApprovedOrder(approval: approval.number)
            )
            #expect(left.fields == ["name_zh", "telephone"])
            #expect(try await rows() == [0, 0, 0])
            // The export was approved for a day, and has nothing left to give.
            let empty = try await people.officer.bytes("/v1/personal-exports/\(export.number)")
            #expect(String(decoding: empty.body, as: UTF8.self) == "key,telephone\r\n")
            let gone = await people.code { try await people.officer.bytes("\(path)/copy") }
            #expect(gone == "RECORD_ENDED")
        }
    }
}
