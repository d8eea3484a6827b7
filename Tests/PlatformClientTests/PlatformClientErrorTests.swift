import DomainModel
import Hummingbird
import NIOCore
import Synchronization
import TestSeeds
import Testing

@testable import PlatformClient

@Suite("Errors and retries of the client")
struct PlatformClientErrorTests {
    @Test("problem details keep code, both languages, request id and extra members")
    func problem() async throws {
        try await withServer { router in
            router.get("v1/p") { _, _ in
                json(
                    """
                    {"type":"urn:ceyuan:problem:FILE_REFUSED","status":422,"code":"FILE_REFUSED",
                     "title":"File refused","title_en":"File refused","title_zh":"文件被拒绝",
                     "detail":"2 rows are wrong","detail_zh":"有 2 行错误","hint":"Mend them","hint_zh":"请改正",
                     "instance":"/v1/p","requestId":"r1","receipt":{"name":"n","count":3}}
                    """,
                    .unprocessableContent,
                    type: "application/problem+json"
                )
            }
        } _: { client in
            let error = await PlatformClientError.thrown { _ = try await client.get("/v1/p", as: Int.self) }
            guard case .problem(let details)? = error else {
                Issue.record("unexpected: \(String(describing: error))")
                return
            }
            #expect(details.code == "FILE_REFUSED")
            #expect(details.status == 422)
            #expect(details.requestID == "r1")
            #expect(details.member("receipt", as: Echo.self) == Echo(name: "n", count: 3))
            #expect(details.member("absent", as: Echo.self) == nil)
            #expect(error?.message(in: .zh) == "有 2 行错误。请改正")
            #expect(error?.message(in: .en) == "2 rows are wrong. Mend them")
        }
    }

    @Test("an answer that is not the platform's is told apart from a problem")
    func foreign() async throws {
        try await withServer { router in
            router.get("v1/html") { _, _ in json("<html>Bad\ngateway</html>", .badGateway, type: "text/html") }
            router.get("v1/text") { _, _ in json("hello", type: "text/plain") }
            router.get("v1/shape") { _, _ in json(#"{"name":"n"}"#) }
        } _: { client in
            let status = await PlatformClientError.thrown { _ = try await client.get("/v1/html", as: Int.self) }
            #expect(status?.code == "CLIENT_STATUS_UNEXPECTED")
            #expect(status?.description.contains("502") == true)
            let text = await PlatformClientError.thrown { _ = try await client.get("/v1/text", as: Int.self) }
            #expect(text?.description.contains("its content type is text/plain") == true)
            let shape = await PlatformClientError.thrown { _ = try await client.get("/v1/shape", as: Echo.self) }
            #expect(shape?.description.contains("member count is missing at the top") == true)
        }
    }

    @Test("a refused connection names the address and what to do, in both languages")
    func refused() async throws {
        var options = PlatformClient.Options()
        options.retry = RetryPolicy(attempts: 2, base: .milliseconds(1))
        // Port 1 (tcpmux) is not served here, and a bind to it needs privileges.
        let client = try PlatformClient("http://127.0.0.1:1", options: options)
        let error = await PlatformClientError.thrown { _ = try await client.get("/livez", as: Int.self) }
        #expect(error?.code == "CLIENT_CONNECTION_REFUSED")
        #expect(error?.message(in: .en).contains("http://127.0.0.1:1") == true)
        #expect(error?.message(in: .zh).contains("没有服务在此监听") == true)
    }

    @Test("a time limit is told as such")
    func timeout() async throws {
        var options = PlatformClient.Options()
        options.timeout = .milliseconds(50)
        try await withServer(options: options) { router in
            router.get("v1/slow") { _, _ in
                try await Task.sleep(for: .seconds(60))
                return json("1")
            }
        } _: { client in
            let error = await PlatformClientError.thrown { _ = try await client.get("/v1/slow", as: Int.self) }
            #expect(error?.code == "CLIENT_TIMED_OUT")
        }
    }

    @Test("an answer over the limit is refused while it arrives")
    func tooLong() async throws {
        var options = PlatformClient.Options()
        options.maximumReplyBytes = 10
        try await withServer(options: options) { router in
            router.get("v1/long") { _, _ in json(String(repeating: "1", count: 11)) }
        } _: { client in
            let error = await PlatformClientError.thrown { _ = try await client.get("/v1/long", as: Int.self) }
            #expect(error?.code == "CLIENT_REPLY_TOO_LONG")
        }
    }

    @Test("503 is tried again, for POST under one key and not where the caller forbids it")
    func retry() async throws {
        var options = PlatformClient.Options()
        options.retry = RetryPolicy(attempts: 3, base: .milliseconds(1), limit: .milliseconds(5))
        let calls = Mutex<[String: Int]>([:])
        let keys = Mutex<[String]>([])
        @Sendable func answer(_ name: String, _ request: Request? = nil) -> Response {
            if let key = request?.headers[.init("Idempotency-Key")!] { keys.withLock { $0.append(key) } }
            let count = calls.withLock {
                $0[name, default: 0] += 1
                return $0[name] ?? 0
            }
            if count == 3 { return json("3") }
            var response = json("{}", .serviceUnavailable, type: "application/problem+json")
            response.headers[.retryAfter] = "0"
            return response
        }
        try await withServer(options: options) { router in
            router.get("v1/get") { _, _ in answer("get") }
            router.post("v1/post") { _, _ in answer("post") }
            router.post("v1/again") { request, _ in answer("again", request) }
        } _: { client in
            let got = try await client.get("/v1/get", as: Int.self)
            #expect(got == 3)
            let repeated = try await client.post("/v1/again", body: 1, as: Int.self)
            #expect(repeated == 3)
            #expect(keys.withLock { $0.count } == 3 && Set(keys.withLock { $0 }).count == 1)
            let error = await PlatformClientError.thrown {
                _ = try await client.post("/v1/post", body: 1, mayRepeat: false, as: Int.self)
            }
            #expect(error?.code == "HTTP_503")
            #expect(calls.withLock { $0 } == ["get": 3, "again": 3, "post": 1])
        }
    }

    @Test("waits grow, stay under the limit, and honour Retry-After", arguments: [UInt64(1), 7, 42])
    func delays(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let policy = RetryPolicy(attempts: 6, base: .milliseconds(100), limit: .seconds(1))
        for attempt in 1...5 {
            let ceiling = min(Duration.seconds(1), .milliseconds(100) * (1 << (attempt - 1)))
            let wait = policy.delay(afterAttempt: attempt, retryAfter: nil, using: &generator)
            #expect(wait.map { $0 >= .zero && $0 <= ceiling } == true, "seed \(seed), attempt \(attempt)")
            let asked = policy.delay(afterAttempt: attempt, retryAfter: 30, using: &generator)
            #expect(asked == .seconds(1))
        }
        #expect(policy.delay(afterAttempt: 6, retryAfter: nil, using: &generator) == nil)
        #expect(RetryPolicy.never.delay(afterAttempt: 1, retryAfter: 1, using: &generator) == nil)
    }

    @Test(
        "addresses",
        arguments: [
            ("http://127.0.0.1:8100", "http://127.0.0.1:8100"),
            ("http://127.0.0.1:8100/", "http://127.0.0.1:8100"),
            ("https://ceyuan.example.cn/platform/", "https://ceyuan.example.cn/platform"),
            ("http://[::1]:80", "http://[::1]:80"),
            ("unix:/run/ceyuan.sock", "unix:/run/ceyuan.sock"),
            ("unix:///run/ceyuan.sock", "unix:/run/ceyuan.sock"),
            ("ftp://host", nil), ("127.0.0.1:8100", nil), ("http://", nil), ("http://h:0", nil),
            ("http://h:99999", nil),
            ("http://user@host", nil), ("http://h/?a=1", nil), ("unix:relative.sock", nil), ("", nil),
        ] as [(String, String?)]
    )
    func addresses(text: String, expected: String?) {
        #expect((try? ServiceAddress(text))?.description == expected)
    }
}
