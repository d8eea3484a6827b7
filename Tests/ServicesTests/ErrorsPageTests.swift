import DomainModel
import Foundation
import PlatformClient
import Testing

/// People look codes up in the page; it must have all of them, with the program's texts.
@Suite("The page of codes")
struct ErrorsPageTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/errors.md")

    @Test("says what the services say; RECORD=1 writes it anew")
    func page() async throws {
        try await LivePlatform.run { platform in
            let codes: Page<ErrorsPage.Explanation> = try await platform.client.get("/v1/problems")
            let page = try String(contentsOf: Self.file, encoding: .utf8)
            let renewed = try ErrorsPage(codes.items).renewed(page)
            if ProcessInfo.processInfo.environment["RECORD"] == "1" {
                try renewed.write(to: Self.file, atomically: true, encoding: .utf8)
            } else {
                #expect(page == renewed, "docs/errors.md is not what the services say: run with RECORD=1")
            }
            for item in codes.items {
                for text in [item.title, item.cause, item.hint, item.example] {
                    #expect(!text.en.isEmpty && !text.zh.isEmpty, "\(item.code) is not explained in both languages")
                }
            }
        }
    }

    @Test("the type of a problem leads to its explanation")
    func type() async throws {
        try await LivePlatform.run { platform in
            let error = try await #require(throws: PlatformClientError.self) {
                _ = try await platform.client.get("/v1/regions/999999", as: Region.self)
            }
            guard case .problem(let details) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(details.type == "/v1/problems/NOT_FOUND")
            let found: ErrorsPage.Explanation = try await platform.client.get(details.type)
            #expect(found.code == details.code)
            #expect(found.status == 404)
        }
    }
}
