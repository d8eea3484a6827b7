import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import ServiceKit
import TestSupport
import Testing

/// Keys of records and of hosts.
extension SealedFieldTests {
    @Test("a merge takes sealed values along under the key of the survivor, and its undoing gives them back")
    func merging() async throws {
        try await withKeys { platform, _ in
            let client = try platform.client
            let (own, other) = (Self.sealed.filter { $0.key == "mail" }, Self.sealed.filter { $0.key != "mail" })
            _ = try await client.post("/v1/talents", body: talent("p", own), as: RegistryRecord.self)
            _ = try await client.post("/v1/talents", body: talent("q", other), as: RegistryRecord.self)
            let saying = Saying(from: "2022-01-01", attributes: ["number": .text("WP7654321")])
            _ = try await client.post("/v1/records/q/statements", body: saying, as: RegistryStatement.self)
            let merge = ["absorbed": "q", "reason": "one person"]
            _ = try await client.post("/v1/records/p/merge", body: merge, as: RecordMerge.self)
            let page: Around = try await client.get("/v1/records/p/page", query: ["purpose": "visa"])
            #expect(page.record.attributes == Self.sealed.merging(["name_zh": .text("林知远")]) { $1 })
            #expect(page.statements.map(\.attributes) == [["number": .text("WP7654321")]])
            #expect(try await lookUp("telephone", "13800005678", client) == ["p 林知远 telephone"])

            let undo = ["reason": "two persons"]
            _ = try await client.post("/v1/records/q/unmerge", body: undo, as: MergeUndoing.self)
            for (key, values) in [("p", own), ("q", other)] {
                let shown: RegistryRecord = try await client.get("/v1/talents/\(key)", query: ["purpose": "visa"])
                #expect(shown.attributes == values.merging(["name_zh": .text("林知远")]) { $1 })
            }
            #expect(try await lookUp("permit.number", "WP7654321", client) == ["q 林知远 permit.number"])
            try await expectNothingInTheClear(platform)
        }
    }

    @Test("a host with other keys than the database knows, or with none, does not start")
    func wrongKeys() async throws {
        try await withKeys { platform, file in
            _ = try await platform.client.post("/v1/talents", body: talent("p"), as: RegistryRecord.self)
            let other = try write(MasterKeys.newText(naming: "a"), platform, "other.keys")
            let later = try write(
                MasterKeys.newLine(naming: "b") + "\n"
                    + (try String(contentsOfFile: file, encoding: .utf8).replacing("wrap  a ", with: "wrap  c ")),
                platform,
                "later.keys"
            )
            for settings in [["CEYUAN_REGISTRY_KEYS_FILE": other], ["CEYUAN_REGISTRY_KEYS_FILE": later], [:]] {
                let ended = await #expect(throws: HostProcess.Ended.self) {
                    let host = try await platform.startHost("ceyuan-registry", settings)
                    host.kill()
                }
                #expect(ended?.log.contains("registry.keysFile") == true)
            }
        }
    }

    @Test("keys are rotated while the records are read; then the old key may go")
    func rotation() async throws {
        try await withKeys { platform, file in
            let client = try platform.client
            let keys = ["p", "q", "r"]
            for key in keys {
                let order = talent(key, ["telephone": .list([.text("13800005678")])])
                _ = try await client.post("/v1/talents", body: order, as: RegistryRecord.self)
            }
            let old = try String(contentsOfFile: file, encoding: .utf8)
            let text = MasterKeys.newLine(naming: "b") + "\n" + old
            _ = try write(text, platform)
            let begun: PersonalKeyRotation = try await client.post("/v1/personal-keys/rotate")
            #expect(begun.master == "b" && begun.records == 3 && begun.job != nil)
            var uses: [PersonalKeyUse] = []
            let end = ContinuousClock.now + .seconds(60)
            repeat {
                for key in keys {
                    let shown: RegistryRecord = try await client.get("/v1/talents/\(key)", query: ["purpose": "visa"])
                    #expect(shown.attributes["telephone"] == .list([.text("13800005678")]))
                }
                uses = try await client.get("/v1/personal-keys")
            } while uses.first?.records != 3 && ContinuousClock.now < end
            #expect(
                uses == [
                    PersonalKeyUse(name: "b", isCurrent: true, isConfigured: true, records: 3),
                    PersonalKeyUse(name: "a", isCurrent: false, isConfigured: true, records: 0),
                    PersonalKeyUse(name: "index:1", isCurrent: true, isConfigured: true, records: 0),
                ]
            )
            _ = try write(
                text.split(separator: "\n").filter { !$0.hasPrefix("wrap  a ") }.joined(separator: "\n"),
                platform
            )
            platform.kill()
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": file])
            let shown: RegistryRecord = try await platform.client.get("/v1/talents/q", query: ["purpose": "visa"])
            #expect(shown.attributes["telephone"] == .list([.text("13800005678")]))
            #expect(try await lookUp("telephone", "13800005678", platform.client).count == 3)
        }
    }
}
