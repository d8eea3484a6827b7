import DomainModel
import Hummingbird
import NIOCore
import Testing

@testable import PlatformClient

@Suite("Typed JSON over HTTP")
struct PlatformClientTests {
    @Test("get decodes the answer, and the query arrives unescaped and in order")
    func get() async throws {
        try await withServer { router in
            router.get("v1/echo") { request, _ in
                let names = request.uri.queryParameters.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
                return json(#"{"name":"\#(names)","count":\#(request.uri.queryParameters.count)}"#)
            }
        } _: { client in
            let echo = try await client.get("/v1/echo", query: ["a": "余杭 &=+", "b": nil, "c": "1"], as: Echo.self)
            #expect(echo == Echo(name: "a=余杭 &=+;c=1", count: 2))
        }
    }

    @Test("post sends JSON with sorted keys, and the reply has status and Location")
    func post() async throws {
        try await withServer { router in
            router.post("v1/echo") { request, _ in
                #expect(request.headers[.contentType] == "application/json")
                let body = try await request.body.collect(upTo: 1_000)
                var response = json(String(buffer: body), .accepted)
                response.headers[.location] = "/v1/echo/7"
                #expect(String(buffer: body) == #"{"count":2,"name":"a/b"}"#)
                return response
            }
        } _: { client in
            let reply = try await client.reply(post: "/v1/echo", body: Echo(name: "a/b", count: 2), as: Echo.self)
            #expect(reply.status == 202)
            #expect(reply["Location"] == "/v1/echo/7")
            #expect(reply.body == Echo(name: "a/b", count: 2))
        }
    }

    @Test("put replaces, delete needs no body, bytes gives the body as it is")
    func others() async throws {
        try await withServer { router in
            router.put("v1/x") { request, _ in json(String(buffer: try await request.body.collect(upTo: 100))) }
            router.delete("v1/x") { _, _ in HTTPResponse.Status.noContent }
            router.get("v1/x") { _, _ in json("表", type: "text/plain; charset=utf-8") }
        } _: { client in
            let echo = try await client.put("/v1/x", body: Echo(name: "n", count: 1), as: Echo.self)
            #expect(echo.count == 1)
            try await client.delete("/v1/x")
            let reply = try await client.bytes("/v1/x")
            #expect(String(decoding: reply.body, as: UTF8.self) == "表")
            #expect(reply.mediaType == "text/plain")
        }
    }

    @Test("pages follow the cursor and stop after the last page")
    func pages() async throws {
        try await withServer { router in
            router.get("v1/numbers") { request, _ in
                let after = request.uri.queryParameters["after"].flatMap { Int($0) } ?? 0
                #expect(request.uri.queryParameters["limit"] == "2")
                let next = after + 2 < 5 ? #","next":"\#(after + 2)""# : ""
                let items = (after..<min(after + 2, 5)).map(String.init).joined(separator: ",")
                return json(#"{"items":[\#(items)]\#(next)}"#)
            }
        } _: { client in
            let numbers = client.pages("/v1/numbers", query: ["limit": "2"], of: Int.self)
            #expect(try await numbers.items() == [0, 1, 2, 3, 4])
            var count = 0
            for try await page in numbers {
                count += 1
                if page.items.contains(2) { break }
            }
            #expect(count == 2)
        }
    }

    @Test("forwarded ids and the preferred language are sent, and a line break cannot smuggle a header")
    func headers() async throws {
        var options = PlatformClient.Options()
        options.language = .zh
        options.userAgent = "ceyuan/9"
        try await withServer(options: options) { router in
            router.get("v1/headers") { request, _ in
                let names = ["x-request-id", "traceparent", "accept-language", "user-agent", "x-evil"]
                let values = names.map { name in
                    request.headers.first { $0.name.canonicalName == name }?.value ?? "-"
                }
                return json("[\(values.map { "\"\($0)\"" }.joined(separator: ","))]")
            }
        } _: { client in
            let forwarding = client.forwarding(requestID: "r-1\r\nX-Evil: 1", traceparent: "00-ab-cd-01")
            let values = try await forwarding.get("/v1/headers", as: [String].self)
            #expect(values == ["r-1X-Evil: 1", "00-ab-cd-01", "zh-CN, en;q=0.5", "ceyuan/9", "-"])
        }
    }

    @Test("a hundred requests run at once on one client")
    func concurrent() async throws {
        try await withServer { router in
            router.get("v1/n/{n}") { _, context in json(try context.parameters.require("n")) }
        } _: { client in
            try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for number in 0..<100 {
                    group.addTask { (number, try await client.get("/v1/n/\(number)", as: Int.self)) }
                }
                for try await (asked, got) in group { #expect(asked == got) }
            }
        }
    }

    @Test("cancelling the task ends the transfer")
    func cancel() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        try await withServer { router in
            router.get("v1/slow") { _, _ in
                enter.yield()
                try await Task.sleep(for: .seconds(60))
                return json("1")
            }
        } _: { client in
            let task = Task { try await client.get("/v1/slow", as: Int.self) }
            for await _ in entered { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let cancelledBefore = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.get("/v1/slow", as: Int.self)
            }
            await #expect(throws: CancellationError.self) { try await cancelledBefore.value }
        }
    }
}
