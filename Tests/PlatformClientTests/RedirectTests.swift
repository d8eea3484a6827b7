import Hummingbird
import Testing

@testable import PlatformClient

@Suite("What stands elsewhere")
struct RedirectTests {
    private static func moved(to place: String) -> Response {
        var response = json(
            #"{"status":308,"code":"RECORD_MERGED","title_en":"part of another","successor":"b"}"#,
            .permanentRedirect,
            type: "application/problem+json"
        )
        response.headers[.location] = place
        return response
    }

    @Test("a client follows within the service once, and nowhere else")
    func follow() async throws {
        try await withServer { router in
            router.get("v1/a") { request, _ in Self.moved(to: "/v1/b?\(request.uri.query ?? "")") }
            router.get("v1/b") { request, _ in json(#"{"name":"\#(request.uri.query ?? "")","count":1}"#) }
            router.get("v1/round") { _, _ in Self.moved(to: "/v1/round") }
            router.get("v1/abroad") { _, _ in Self.moved(to: "http://127.0.0.2:1/v1/b") }
            router.get("v1/host") { _, _ in Self.moved(to: "//127.0.0.2:1/v1/b") }
        } _: { client in
            let echo = try await client.get("/v1/a", query: ["asOf": "2020-01-01"], as: Echo.self)
            #expect(echo == Echo(name: "asOf=2020-01-01", count: 1))
            for path in ["/v1/round", "/v1/abroad", "/v1/host"] {
                let error = await PlatformClientError.thrown { _ = try await client.get(path, as: Echo.self) }
                guard case .problem(let details) = error else {
                    Issue.record("\(path): \(String(describing: error))")
                    continue
                }
                #expect(details.code == "RECORD_MERGED" && details.member("successor") == "b")
            }
        }
    }
}
