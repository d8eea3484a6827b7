import DomainModel
import Foundation
import PlatformClient
import Registry
import ServiceKit
import Testing

/// Every read of the register is asked as of an instant and for a day, or it is said here why not.
@Suite("Every read of the register, as of when", .timeLimit(.minutes(5)))
struct MomentParameterTests {
    /// Reads that take neither, and why.
    private static let neither = [
        "/v1/derivation-rules": "the rules are those of the program",
        "/v1/counting-rules": "the rules are those of the program",
        "/v1/rule-runs/{id}": "recorded once; it says of which instant and day it is",
        "/v1/rule-runs/{id}/difference": "of two runs, each recorded once",
        "/v1/rule-runs/{id}/changes": "of two runs, each recorded once",
        "/v1/counts/{id}": "recorded once; it says of which instant and days it is",
        "/v1/counts/{id}/records": "recorded once, with the count",
        "/v1/duplicate-searches/{id}": "recorded once",
        "/v1/changes": "the order of recording itself: a place in it is an instant",
        "/v1/changes/newest": "the place of now",
        "/v1/personal-keys": "keys are there or destroyed; nothing is believed of them",
        "/v1/records/{key}/erasure": "recorded once; an erased record is erased for every instant",
        "/v1/records/{key}/erasure/rehearsal": "what would be done now",
        "/v1/subject-requests/{number}/copy": "has all that was ever believed",
        "/v1/personal-exports/{number}": "leaves the house once, as it was approved",
        "/v1/saved-lists": "a question that somebody keeps; its records take both",
        "/v1/saved-lists/{id}": "a question that somebody keeps; its records take both",
    ]

    /// Reads of what is so on all days.
    private static let timeless = [
        "/v1/regions": "names and their order have no days",
        "/v1/regions/{code}": "names and their order have no days",
        "/v1/classifications": "words have no days",
        "/v1/classifications/{vocabulary}/{code}": "words have no days",
        "/v1/records/{key}/merges": "two records are one on all days",
        "/v1/record-model": "what may be said is the same of all days",
        "/v1/approvals": "asked and decided at instants, which asOf names",
        "/v1/approvals/{number}": "asked and decided at instants, which asOf names",
        "/v1/records/{key}/consents/answer": "takes at, an instant of the day",
    ]

    @Test("every read takes asOf and validAt, but for those that say why not")
    func all() async throws {
        let own = Set(RegistryPlugin().manifest.permissions.map(\.id))
        try await LivePlatform.run { platform in
            let bytes = try await platform.client.bytes("/openapi.json").body
            let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
            let paths = try #require(document?["paths"] as? [String: [String: [String: Any]]])
            var seen = 0
            for (path, methods) in paths.sorted(by: { $0.key < $1.key }) {
                guard let get = methods["get"], own.contains(try #require(get["x-permission"] as? String)) else {
                    #expect(
                        Self.neither[path] == nil && Self.timeless[path] == nil,
                        "\(path) is no read of the register"
                    )
                    continue
                }
                seen += 1
                let names = (get["parameters"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
                #expect(names.contains("asOf") == (Self.neither[path] == nil), "\(path): asOf")
                let isTimeless = Self.neither[path] != nil || Self.timeless[path] != nil
                #expect(names.contains("validAt") == !isTimeless, "\(path): validAt")
            }
            #expect(seen > 60)
        }
    }
}
