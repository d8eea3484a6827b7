import DomainModel
import Foundation
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import PlatformClient

@Suite("Files over HTTP")
struct FileTransferTests {
    /// A file of `count` bytes that differ by place.
    private func makeFile(_ count: Int) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("upload-\(UUID().uuidString)").path
        try Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }).write(
            to: URL(fileURLWithPath: path)
        )
        return path
    }

    @Test("an upload arrives byte for byte with its length, and progress ends at the total")
    func upload() async throws {
        let path = try makeFile(3_000_000)
        defer { unlink(path) }
        let expected = try Data(contentsOf: URL(fileURLWithPath: path))
        let seen = Mutex<[(Int64, Int64)]>([])
        try await withServer { router in
            router.post("v1/files") { request, _ in
                #expect(request.headers[.contentLength] == "3000000")
                #expect(request.headers[.contentType] == "text/csv")
                #expect(request.headers[.expect] == nil)
                let body = try await request.body.collect(upTo: 4_000_000)
                #expect(expected.elementsEqual(body.readableBytesView))
                return json(#"{"name":"ok","count":\#(body.readableBytes)}"#, .accepted)
            }
        } _: { client in
            let reply = try await client.upload(
                "/v1/files",
                file: path,
                contentType: "text/csv",
                progress: { sent, total in seen.withLock { $0.append((sent, total)) } },
                as: Echo.self
            )
            #expect(reply.status == 202)
            #expect(reply.body.count == 3_000_000)
        }
        let progress = seen.withLock { $0 }
        #expect(progress.allSatisfy { $0.1 == 3_000_000 })
        #expect(progress.last?.0 == 3_000_000)
        #expect(progress.map(\.0) == progress.map(\.0).sorted())
    }

    @Test("an empty file is an empty body")
    func uploadEmpty() async throws {
        let path = try makeFile(0)
        defer { unlink(path) }
        try await withServer { router in
            router.post("v1/files") { request, _ in
                #expect(request.headers[.contentLength] == "0")
                return json("0")
            }
        } _: { client in
            let reply = try await client.upload("/v1/files", file: path, contentType: "text/csv", as: Int.self)
            #expect(reply.body == 0)
        }
    }

    @Test("a missing file and a directory are named before anything is sent")
    func uploadNothing() async throws {
        let client = try PlatformClient("http://127.0.0.1:9")
        for (path, number) in [("/nonexistent/a.csv", ENOENT), ("/tmp", EISDIR)] {
            let error = await PlatformClientError.thrown {
                _ = try await client.upload("/v1/files", file: path, contentType: "text/csv", as: Int.self)
            }
            guard case .file(path, .read, number)? = error else {
                Issue.record("unexpected: \(String(describing: error))")
                continue
            }
            #expect(error?.message(in: .en).contains(path) == true)
            #expect(error?.message(in: .zh).contains("无法读取文件") == true)
        }
    }

    @Test("an upload that the service refuses early gives the service's reason")
    func uploadRefused() async throws {
        let path = try makeFile(5_000_000)
        defer { unlink(path) }
        try await withServer { router in
            router.post("v1/files") { _, _ in
                json(
                    #"{"status":413,"code":"BODY_TOO_LONG","title":"too long","detail":"d"}"#,
                    .contentTooLarge,
                    type: "application/problem+json"
                )
            }
        } _: { client in
            let error = await PlatformClientError.thrown {
                _ = try await client.upload("/v1/files", file: path, contentType: "text/csv", as: Int.self)
            }
            #expect(error?.code == "BODY_TOO_LONG")
        }
    }

    @Test("a download is written whole or not at all")
    func download() async throws {
        let bytes = ByteBuffer(bytes: (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0) })
        let target = FileManager.default.temporaryDirectory.appendingPathComponent("download-\(UUID().uuidString)").path
        defer { unlink(target) }
        try await withServer { router in
            router.get("v1/good") { _, _ in
                Response(status: .ok, headers: [.contentType: "text/html"], body: .init(byteBuffer: bytes))
            }
            router.get("v1/bad") { _, _ in
                json(#"{"status":404,"code":"NOT_FOUND","title":"x"}"#, .notFound, type: "application/problem+json")
            }
        } _: { client in
            let error = await PlatformClientError.thrown { try await client.download("/v1/bad", to: target) }
            #expect(error?.code == "NOT_FOUND")
            #expect(!FileManager.default.fileExists(atPath: target))
            let reply = try await client.download("/v1/good", to: target)
            #expect(reply.mediaType == "text/html")
            #expect(try Data(contentsOf: URL(fileURLWithPath: target)).elementsEqual(bytes.readableBytesView))
            let folder = FileManager.default.temporaryDirectory.path
            let parts = try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasPrefix("\((target as NSString).lastPathComponent).part-") }
            #expect(parts.isEmpty)
        }
    }
}
