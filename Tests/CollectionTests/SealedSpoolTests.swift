import Collection
import Foundation
import PersonalData
import Testing

/// Files that are kept under keys.
@Suite("sealed spool")
struct SealedSpoolTests {
    /// Longer than two pieces, and a multiple of none.
    private static let content = Array(repeating: Array("T-1,林知远,13800005678\n".utf8), count: 25_000).flatMap { $0 }

    private func keep(_ bytes: [UInt8], _ spool: Spool) async throws -> String {
        let writer = try spool.begin(limit: 1 << 30)
        try writer.write(bytes)
        let file = try await writer.finish()
        try await spool.keep(file)
        return file.sha256
    }

    private func keys(_ name: String) throws -> MasterKeys { try MasterKeys(text: MasterKeys.newText(naming: name)) }

    private func read(_ sha256: String, _ spool: Spool) async throws -> [UInt8] {
        let file = try await spool.open(sha256)
        defer { withExtendedLifetime(file) {} }
        return Array(try Data(contentsOf: URL(filePath: file.path)))
    }

    private func sealed(_ sha256: String, _ spool: Spool) -> URL {
        URL(filePath: "\(spool.directory)/\(sha256.prefix(2))/\(sha256.dropFirst(2)).sealed")
    }

    @Test("a file is read as it was sent, and stands nowhere in the clear", arguments: [0, 1, 1 << 18, content.count])
    func life(count: Int) async throws {
        try await Workbench.withSpool { plain in
            let spool = try Spool(directory: plain.directory, keys: keys("a"))
            let bytes = Array(Self.content.prefix(count))
            let sha256 = try await keep(bytes, spool)
            #expect(try await keep(bytes, spool) == sha256)
            #expect(try await read(sha256, spool) == bytes)
            #expect(try FileManager.default.subpathsOfDirectory(atPath: spool.directory).count == 2)
            #expect(try Data(contentsOf: sealed(sha256, spool)).range(of: Data("13800005678".utf8)) == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: spool.directory) == [String(sha256.prefix(2))])
        }
    }

    @Test("a file from before there were keys is read as it is; one from after needs its key")
    func missingKeys() async throws {
        try await Workbench.withSpool { plain in
            let before = try await keep([1, 2, 3], plain)
            let keyed = try Spool(directory: plain.directory, keys: keys("a"))
            let after = try await keep([4, 5], keyed)
            #expect(try await read(before, keyed) == [1, 2, 3])
            for other in [plain, try Spool(directory: plain.directory, keys: keys("b"))] {
                await #expect {
                    _ = try await other.open(after)
                } throws: { error in
                    if case .sealed(after, let reason)? = error as? SpoolError {
                        reason.contains("keysFile")
                    } else {
                        false
                    }
                }
            }
        }
    }

    @Test("a file that was cut, changed, or moved to another name is refused")
    func damage() async throws {
        try await Workbench.withSpool { plain in
            let spool = try Spool(directory: plain.directory, keys: keys("a"))
            let sha256 = try await keep(Self.content, spool)
            let whole = try Data(contentsOf: sealed(sha256, spool))
            let head = try #require(whole.range(of: Data("=\n".utf8)) ?? whole.range(of: Data("\n".utf8))).upperBound
            // The first piece alone, with its length: it was not the last.
            let first = head + 4 + (1 << 18) + 29
            var changed = whole
            changed[whole.count - 1] ^= 1
            for damaged in [whole.prefix(first), whole.dropLast(), whole.prefix(head), Data(), changed] {
                try Data(damaged).write(to: sealed(sha256, spool))
                await #expect(throws: SpoolError.self) { _ = try await spool.open(sha256) }
            }
            let other = try await keep([7], spool)
            try whole.write(to: sealed(other, spool))
            await #expect(throws: SpoolError.self) { _ = try await spool.open(other) }
            try whole.write(to: sealed(sha256, spool))
            #expect(try await read(sha256, spool) == Self.content)
        }
    }
}
