import DomainModel
import PlatformClient
import Testing

/// Pairs that may be one, found among what a file has brought, through the live service.
@Suite("Duplicates at import", .timeLimit(.minutes(5)))
struct ImportDuplicatesTests {
    private func candidates(_ platform: LivePlatform) async throws -> [DuplicateCandidate] {
        try await platform.client.get("/v1/duplicates", query: ["limit": "100"], as: Page<DuplicateCandidate>.self)
            .items
    }

    private func pairs(_ platform: LivePlatform) async throws -> Set<[String]> {
        Set(try await candidates(platform).map(\.keys))
    }

    private func load(_ platform: LivePlatform, _ name: String, _ rows: [String]) async throws {
        let text = (["key,from,name_zh,birth_date,sex,region"] + rows).joined(separator: "\n") + "\n"
        let batch = try await platform.importFile("talents", platform.write(name, text), ["mode": "atomic"])
        #expect(batch.state == .committed, "\(batch.conflicts)")
        try await platform.waitForSettling()
    }

    @Test("a file's records are compared with one another and with all others, without anybody asking")
    func arrivals() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let first = ["T-1,2020-01-01,林知远,1980-05-17,female,330110", "T-2,2020-01-01,欧阳文,1975-02-03,male,330110"]
            try await load(platform, "first.csv", first)
            #expect(try await pairs(platform).isEmpty)

            // One that is there already, two of one file, and one who is somebody else.
            let second = [
                "T-3,2021-01-01,林知远,1980-05-17,female,330110", "T-4,2021-01-01,申屠若,1991-08-09,male,330110",
                "T-5,2021-01-01,申屠若,1991-08-09,male,330110", "T-6,2021-01-01,欧阳文,1999-11-30,female,330110",
            ]
            try await load(platform, "second.csv", second)
            #expect(try await pairs(platform) == [["T-1", "T-3"], ["T-4", "T-5"]])

            // A correction by file takes a pair away, and what the file says nothing of stays.
            try await load(platform, "third.csv", ["T-5,2021-01-01,申屠若,1961-03-02,female,330110"])
            #expect(try await pairs(platform) == [["T-1", "T-3"]])

            // A search through all finds the same.
            let again: DuplicateSearch = try await platform.client.post(
                "/v1/duplicate-searches",
                body: ["kind": "talent"]
            )
            #expect(again.refreshed == 0 && again.candidates == 1)
            #expect(try await pairs(platform) == [["T-1", "T-3"]])
        }
    }

    @Test("what a file says of posts counts too")
    func statements() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let firm = try platform.write("firms.csv", "key,name_zh,region\nE-1,杭州云帆科技有限公司,330110\n")
            #expect(try await platform.importFile("enterprises", firm).state == .committed)
            let text = "key,name_zh,region\nT-1,申屠若溪,330110\nT-2,申屠若溪,330110\n"
            #expect(try await platform.importFile("talents", platform.write("t.csv", text)).state == .committed)
            try await platform.waitForSettling()
            let before = try await candidates(platform)
            #expect(before.map(\.keys) == [["T-1", "T-2"]])
            let posts = "subject,object,term,from\nT-1,E-1,full_time,2020-01-01\nT-2,E-1,full_time,2020-01-01\n"
            let file = try platform.write("posts.csv", posts)
            #expect(try await platform.importStatements("employment", file).receipt?.created == 2)
            try await platform.waitForSettling()
            let after = try await candidates(platform)
            #expect(after.map(\.keys) == [["T-1", "T-2"]])
            let features = (before + after).map { Set($0.reasons.map(\.feature)) }
            #expect(features.first?.contains("employer") == false && features.last?.contains("employer") == true)
        }
    }
}

extension DuplicateCandidate {
    /// The keys of both records, in order.
    fileprivate var keys: [String] { [one.key, other.key].sorted() }
}
