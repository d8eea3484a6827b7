import DomainModel
import ServiceKit
import Testing

/// Pairs that may be one on the command line, as an officer uses it, against a live service.
@Suite("Duplicates on the command line", .timeLimit(.minutes(5)))
struct DuplicateCommandTests {
    private func done(
        _ line: String,
        on platform: LivePlatform,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let outcome = try await run(line, on: platform)
        #expect(outcome.status == 0, "\(line): \(outcome.error)", sourceLocation: location)
        return outcome.output
    }

    private func run(_ line: String, on platform: LivePlatform) async throws -> Program.Outcome {
        let environment = ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": platform.administrator.text]
        return try await Program.ceyuan(line.split(separator: " ").map(String.init), environment, in: platform.home)
    }

    @Test("two records are found, compared, merged, found under the old key, and taken apart")
    func walk() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            for (key, major) in [("T-1", "物理"), ("T-2", "化学")] {
                let add = "talent add --key \(key) name_zh=林知远 birth_date=1980-05-17 major=\(major) region=330110"
                _ = try await done(add + " --from 2020-01-01", on: platform)
            }
            let found = try await done("duplicate find talent --format csv", on: platform)
            #expect(found.contains("talent,2,0,1,1,0,0"))
            let list = try await done("duplicate list --format csv", on: platform)
            let number = try #require(list.split(separator: "\r\n").last.flatMap { Int($0.prefix { $0 != "," }) })
            #expect(list.contains("T-1,林知远,T-2,林知远,open,") && list.contains("birth=same"))

            let page = try await done("duplicate show \(number)", on: platform)
            for part in ["林知远 (T-1) ⇄ 林知远 (T-2)", "date of birth: the same", "物理", "化学", "•••", "T-2 → T-1"] {
                #expect(page.contains(part), "\(part)")
            }
            #expect(!page.contains("1980-05-17"))
            let rehearsed = try await done("record merge T-1 T-2 --reason same --take major --rehearse", on: platform)
            #expect(rehearsed.contains("rehearsal") && rehearsed.contains("absorbed"))
            _ = try await done("duplicate decide \(number) same --reason papers --take major", on: platform)
            let shown = try await run("talent show T-2", on: platform)
            #expect(shown.status == 0 && shown.output.contains("化学") && shown.error.contains("T-2 is part of T-1"))

            let merges = try await done("record merges T-1 --format csv", on: platform)
            #expect(merges.contains("T-1,T-2,") && merges.contains("papers"))
            _ = try await done("record unmerge T-2 --reason wrong", on: platform)
            #expect(try await done("talent show T-1", on: platform).contains("物理"))
            let again = try await run("record unmerge T-2 --reason wrong", on: platform)
            #expect(again.status == 3)
            _ = try await done("duplicate decide \(number) different --reason twins", on: platform)
            #expect(try await !done("duplicate list --format csv", on: platform).contains("T-2"))
            #expect(try await done("duplicate list --state different --format csv", on: platform).contains("twins"))
        }
    }
}
