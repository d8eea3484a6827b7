import DomainModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import ServiceKit
import Testing

@Suite("JSON bodies are read strictly")
struct StrictJSONTests {
    /// Takes any value.
    private struct Anything: Codable, Sendable {
        let v: AnyJSON
    }

    /// A value of any kind.
    private struct AnyJSON: Codable, Sendable, SchemaDescribing {
        static let schema = ValueSchema.anything("Any value")
        static let sample = AnyJSON()

        init() {}

        init(from decoder: any Decoder) throws {
            if let object = try? decoder.container(keyedBy: Name.self) {
                for key in object.allKeys { _ = try object.decode(AnyJSON.self, forKey: key) }
            } else if var array = try? decoder.unkeyedContainer() {
                while !array.isAtEnd { _ = try array.decode(AnyJSON.self) }
            }
        }

        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }

    private static func post(
        _ body: [UInt8],
        to path: String,
        _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        try await client.execute(
            uri: path,
            method: .post,
            headers: [.contentType: "application/json"],
            body: ByteBuffer(bytes: body)
        ) { $0 }
    }

    private static func problem(_ response: TestResponse) throws -> WireProblem {
        try JSONDecoder().decode(WireProblem.self, from: Data(response.body.readableBytesView))
    }

    @Test("what is JSON is taken, what is not is refused with its place", arguments: StrictJSONCase.all)
    func cases(_ item: StrictJSONCase) async throws {
        try await withRoutes { api in
            api.post(
                "/v1/any",
                summary: "Any",
                zh: "任意",
                permission: .public,
                body: .json(Anything.self),
                answers: [.empty()],
                problems: []
            ) { request in
                _ = try await request.body(as: Anything.self)
                return .empty()
            }
        } _: { client in
            let response = try await Self.post(item.body, to: "/v1/any", client)
            guard let pointer = item.pointer else {
                #expect(response.status == .noContent, "\(String(buffer: response.body))")
                return
            }
            #expect(response.status == .badRequest)
            let problem = try Self.problem(response)
            #expect(problem.code == "BODY_INVALID")
            #expect(problem.pointer == pointer, "\(problem.detail)")
        }
    }

    private struct Order: Codable, Sendable {
        struct Line: Codable, Sendable {
            var item: String
            var count: Int32
            var price: ExactDecimal?
        }

        var lines: [Line]
        var notes: [String: String]
        var period: Period?
        var small: Int8?
        var large: UInt64?
        var share: Double?
    }

    @Test("values of the wrong type, out of range or unknown are named at any depth")
    func types() async throws {
        try await withRoutes { api in
            api.post(
                "/v1/orders",
                summary: "Order",
                zh: "订购",
                permission: .public,
                body: .json(Order.self),
                answers: [.json(Order.self)],
                problems: []
            ) { request in
                try .json(try await request.body(as: Order.self))
            }
        } _: { client in
            for (body, pointer, word) in [
                (#"{"lines":[],"notes":{}}"#, nil, ""), (#"{"lines":[],"notes":{"a/b":"c"},"period":null}"#, nil, ""),
                (#"{"lines":[{"item":"a","count":1.0}],"notes":{},"large":18446744073709551615}"#, nil, ""),
                (#"{"lines":[{"item":"a","count":2e3}],"notes":{}}"#, nil, ""),
                (#"{"lines":[{"item":"a","count":1.5}],"notes":{}}"#, "/lines/0/count", "whole number"),
                (#"{"lines":[{"item":"a","count":"1"}],"notes":{}}"#, "/lines/0/count", "a string"),
                (#"{"lines":[{"item":"a","count":2147483648}],"notes":{}}"#, "/lines/0/count", "2147483647"),
                (#"{"lines":[{"item":"a","count":true}],"notes":{}}"#, "/lines/0/count", "a boolean"),
                (#"{"lines":[],"notes":{},"small":128}"#, "/small", "from -128 to 127"),
                (#"{"lines":[],"notes":{},"large":-1}"#, "/large", "from 0"),
                (#"{"lines":[],"notes":{},"large":1e30}"#, "/large", "from 0"),
                (#"{"lines":[],"notes":{},"share":"0.5"}"#, "/share", "a number"),
                (#"{"lines":[],"notes":{"a":1}}"#, "/notes/a", "expected a string"),
                (#"{"lines":[],"notes":{"a/b~":null}}"#, "/notes/a~1b~0", "is null"),
                (#"{"lines":{},"notes":{}}"#, "/lines", "expected an array"),
                (#"{"lines":[[]],"notes":{}}"#, "/lines/0", "expected an object"),
                (#"{"lines":[{"item":"a"}],"notes":{}}"#, "/lines/0/count", "missing"),
                (
                    #"{"lines":[{"item":"a","count":1},{"item":"a","count":1,"kind":1}],"notes":{}}"#, "/lines/1/kind",
                    "price"
                ),
                (#"{"lines":[{"item":"a","count":1,"price":3.5}],"notes":{}}"#, "/lines/0/price", "the number 3.5"),
                (#"{"lines":[{"item":"a","count":1,"price":"3,5"}],"notes":{}}"#, "/lines/0/price", "decimal number"),
                (#"{"lines":[],"notes":{},"period":"2020-13"}"#, "/period", "period"),
            ] as [(String, String?, String)] {
                let response = try await Self.post(Array(body.utf8), to: "/v1/orders", client)
                guard let pointer else {
                    #expect(response.status == .ok, "\(body)")
                    continue
                }
                let problem = try Self.problem(response)
                #expect(problem.pointer == pointer, "\(body): \(problem.detail)")
                #expect(problem.detail_en.contains(word), "\(body): \(problem.detail)")
            }
        }
    }
}
