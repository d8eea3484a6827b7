import DomainModel
import Foundation
import PersonalData
import PlatformClient
import Testing

/// Submitted files that the live service keeps under keys.
@Suite("Sealed files", .timeLimit(.minutes(5)))
struct SealedFileTests {
    @Test("a file is loaded and given out as it was sent, stands nowhere in the clear, and is nothing without its keys")
    func life() async throws {
        try await LivePlatform.run(starts: false) { platform in
            let keys = try ["CEYUAN_DIRECTORIES_KEYS_FILE", "CEYUAN_REGISTRY_KEYS_FILE"].map { name in
                let file = try platform.write("\(name).keys", MasterKeys.newText(naming: "a"))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
                return (name, file)
            }
            try await platform.start(Dictionary(uniqueKeysWithValues: keys))
            let content = "key,name_zh,telephone\nT-1,林知远,13800005678\n"
            let file = try platform.write("a.csv", content)
            let batch = try await platform.importFile("talents", file)
            #expect(batch.receipt?.created == 1, "\(batch.conflicts) \(batch.failure ?? "")")
            #expect(try await platform.importFile("talents", file) == batch)
            let path = "/v1/batches/\(batch.id)/file"
            #expect(try await platform.client.bytes(path).body == Array(content.utf8))
            try FileManager.default.removeItem(atPath: file)
            for name in try FileManager.default.subpathsOfDirectory(atPath: platform.home.path) {
                guard let data = FileManager.default.contents(atPath: platform.home.appending(path: name).path) else {
                    continue
                }
                #expect(data.range(of: Data("13800005678".utf8)) == nil, "\(name)")
            }

            platform.kill()
            try await platform.start(Dictionary(uniqueKeysWithValues: keys.suffix(1)))
            do {
                _ = try await platform.client.bytes(path)
                Issue.record("the file was given out")
            } catch {
                #expect(problem(error as? PlatformClientError)?.code == "KEPT_FILE_SEALED")
            }
        }
    }
}
