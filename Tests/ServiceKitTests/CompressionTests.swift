import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServiceKit

@Suite("Compression")
struct CompressionTests {
    private static let text = String(repeating: "杭州城西科创大走廊 ", count: 3_000)

    private static let routes: @Sendable (APIRouter) throws -> Void = { api in
        api.get("/v1/long", summary: "", permission: .public) { _ in .text(text) }
        api.get("/v1/short", summary: "", permission: .public) { _ in .text("short") }
        api.get("/v1/secret", summary: "", permission: .public) { _ in .text(text, headers: [.cacheControl: "no-store"])
        }
        api.get("/v1/image", summary: "", permission: .public) { _ in .text(text, contentType: "image/png") }
        api.post("/v1/echo", summary: "", permission: .public, accepts: ["text/plain"], bodyLimit: 4_000_000) {
            request in
            var whole = ByteBuffer()
            var longest = 0
            for try await chunk in request.bodyStream {
                longest = max(longest, chunk.readableBytes)
                whole.writeImmutableBuffer(chunk)
            }
            return .text("\(whole.readableBytes) \(longest <= 65_536) \(EntityTag(of: whole))")
        }
    }

    /// The bytes through a program of this machine that is not our own code.
    private static func run(_ program: String, _ arguments: [String], _ bytes: ByteBuffer) throws -> ByteBuffer {
        let folder = FileManager.default.temporaryDirectory
        let (input, output) = (folder.appending(path: UUID().uuidString), folder.appending(path: UUID().uuidString))
        try Data(bytes.readableBytesView).write(to: input)
        try Data().write(to: output)
        defer {
            try? FileManager.default.removeItem(at: input)
            try? FileManager.default.removeItem(at: output)
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return ByteBuffer(bytes: try Data(contentsOf: output))
    }

    /// Cases of RFC 9110 §12.5.3 and their like.
    @Test(
        "the preferred coding",
        arguments: [
            (nil, ContentCoding.identity), ("", .identity), ("gzip", .gzip), ("gzip, zstd", .zstd), ("*", .zstd),
            ("gzip;q=1.0, identity; q=0.5, *;q=0", .gzip), ("zstd;q=0.5, gzip;q=0.8", .gzip), ("br", .identity),
            ("gzip;q=0", .identity), ("identity, gzip;q=0.5", .identity), ("GZIP", .gzip), ("x-gzip", .gzip),
            ("gzip;q=zero", .identity), ("*;q=0.1, zstd;q=0", .gzip), (";;,,", .identity),
        ] as [(String?, ContentCoding)]
    )
    func accepted(header: String?, coding: ContentCoding) {
        #expect(ContentCoding(acceptEncoding: header) == coding)
    }

    @Test("long texts are packed as asked, with a tag of their own that stands for the same version")
    func answers() async throws {
        try await withRoutes(Self.routes) { client in
            let plain = try await client.execute(uri: "/v1/long", method: .get)
            let tag = try #require(plain.headers[.eTag])
            #expect(plain.headers[.vary] == "Accept-Encoding")
            #expect(plain.headers[.contentEncoding] == nil)
            let gzip = try await client.execute(uri: "/v1/long", method: .get, headers: [.acceptEncoding: "gzip"])
            #expect(gzip.headers[.contentEncoding] == "gzip")
            #expect(gzip.headers[.contentLength] == "\(gzip.body.readableBytes)")
            #expect(gzip.headers[.eTag] == "\(tag.dropLast())-gzip\"")
            #expect(try Self.run("/bin/gzip", ["-dc"], gzip.body) == plain.body)
            let zstd = try await client.execute(uri: "/v1/long", method: .get, headers: [.acceptEncoding: "zstd"])
            #expect(zstd.headers[.contentEncoding] == "zstd")
            let unpacker = try #require(Unpacker(.zstd))
            unpacker.feed(zstd.body)
            var whole = ByteBuffer()
            while let piece = try unpacker.next() { whole.writeImmutableBuffer(piece) }
            #expect(unpacker.isComplete && whole == plain.body)
            for asked in [tag, gzip.headers[.eTag] ?? ""] {
                let fields: HTTPFields = [.acceptEncoding: "gzip", .ifNoneMatch: asked]
                let again = try await client.execute(uri: "/v1/long", method: .get, headers: fields)
                #expect(again.status == .notModified)
                #expect(again.headers[.vary] == "Accept-Encoding")
            }
            let head = try await client.execute(uri: "/v1/long", method: .head, headers: [.acceptEncoding: "gzip"])
            #expect(head.headers[.contentLength] == gzip.headers[.contentLength])
            for path in ["/v1/short", "/v1/secret", "/v1/image"] {
                let answer = try await client.execute(uri: path, method: .get, headers: [.acceptEncoding: "gzip"])
                #expect(answer.headers[.contentEncoding] == nil, "\(path)")
            }
        }
    }

    @Test("packed bodies are unpacked in bounded pieces, several members of gzip as one", arguments: ["gzip", "zstd"])
    func bodies(coding: String) async throws {
        let text = ByteBuffer(string: Self.text)
        let packed = try #require(ContentCoding(rawValue: coding).flatMap { Packing.pack(text, $0) })
        func doubled(_ bytes: ByteBuffer) -> ByteBuffer {
            ByteBuffer(bytes: Array(bytes.readableBytesView) + bytes.readableBytesView)
        }
        let (twice, double) = (doubled(packed), doubled(text))
        try await withRoutes(Self.routes) { client in
            func send(_ body: ByteBuffer, _ coding: String) async throws -> TestResponse {
                let fields: HTTPFields = [.contentType: "text/plain", .contentEncoding: coding]
                return try await client.execute(uri: "/v1/echo", method: .post, headers: fields, body: body)
            }
            let once = try await send(packed, coding)
            #expect(String(buffer: once.body) == "\(text.readableBytes) true \(EntityTag(of: text))")
            let both = try await send(twice, coding)
            #expect(String(buffer: both.body) == "\(double.readableBytes) true \(EntityTag(of: double))")

            var cut = packed
            cut.moveWriterIndex(to: packed.readableBytes - 5)
            for damaged in [cut, ByteBuffer(string: "this is not packed at all")] {
                let refused = try await send(damaged, coding)
                #expect(refused.status == .badRequest)
                #expect(String(buffer: refused.body).contains("CONTENT_ENCODING_INVALID"))
            }
            for other in ["br", "gzip, gzip", "deflate"] {
                let refused = try await send(packed, other)
                #expect(refused.status == .unsupportedMediaType)
                #expect(refused.headers[.acceptEncoding] == "gzip, zstd")
            }
        }
    }

    @Test("a bomb is refused long before it has gone off", arguments: [ContentCoding.gzip, .zstd])
    func bomb(coding: ContentCoding) async throws {
        let bomb = try #require(Packing.pack(ByteBuffer(repeating: 0, count: 3_900_000), coding))
        try await withRoutes(Self.routes) {
            $0.inflationRatio = 100
        } _: { client in
            let fields: HTTPFields = [.contentType: "text/plain", .contentEncoding: coding.rawValue]
            let refused = try await client.execute(uri: "/v1/echo", method: .post, headers: fields, body: bomb)
            #expect(refused.status == .contentTooLarge)
            #expect(String(buffer: refused.body).contains("BODY_INFLATES_TOO_MUCH"))
        }
        // Within the ratio the route's limit holds for what comes out.
        let large = try #require(Packing.pack(ByteBuffer(repeating: 0, count: 4_100_000), coding))
        try await withRoutes(Self.routes) {
            $0.inflationRatio = 100_000
        } _: { client in
            let fields: HTTPFields = [.contentType: "text/plain", .contentEncoding: coding.rawValue]
            let refused = try await client.execute(uri: "/v1/echo", method: .post, headers: fields, body: large)
            #expect(refused.status == .contentTooLarge)
            #expect(String(buffer: refused.body).contains("BODY_TOO_LONG"))
        }
    }
}
