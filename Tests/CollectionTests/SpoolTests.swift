import Collection
import FoundationEssentials
import Testing

@Suite("spool")
struct SpoolTests {
    @Test("a file is kept once under its SHA-256")
    func keep() async throws {
        try await Workbench.withSpool { spool in
            for _ in 1...2 {
                let writer = try spool.begin(limit: 3)
                try writer.write(Array("a".utf8))
                try writer.write(Array("bc".utf8))
                let file = try await writer.finish()
                // NIST FIPS 180-2, appendix B.1.
                #expect(file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                #expect(file.bytes == 3)
                try await spool.keep(file)
            }
            let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            let path = try await spool.open(sha256).path
            #expect(path == "\(spool.directory)/ba/\(sha256.dropFirst(2))")
            #expect(try Data(contentsOf: URL(filePath: path)) == Data("abc".utf8))
            #expect(try mode(path) == 0o600)
            #expect(try mode(spool.directory) == 0o700)
            #expect(try entries(spool) == ["ba"])
        }
    }

    @Test("a file that is not kept leaves nothing")
    func discard() async throws {
        try await Workbench.withSpool { spool in
            let writer = try spool.begin(limit: 10)
            try writer.write([1, 2, 3])
            spool.discard(try await writer.finish())
            do {
                let dropped = try spool.begin(limit: 10)
                try dropped.write([1])
            }
            #expect(try entries(spool) == [])
        }
    }

    @Test("a file over the limit is refused")
    func limit() async throws {
        try await Workbench.withSpool { spool in
            let writer = try spool.begin(limit: 2)
            try writer.write([1, 2])
            #expect(throws: SpoolError.tooLarge(limit: 2)) { try writer.write([3]) }
        }
    }

    @Test("what is not kept is unknown")
    func unknown() async throws {
        try await Workbench.withSpool { spool in
            _ = await #expect(throws: SpoolError.unknown(sha256: "00")) { _ = try await spool.open("00") }
        }
    }

    @Test("a directory that cannot be made is named")
    func refused() throws {
        let error = #expect(throws: SpoolError.self) { try Spool(directory: "/proc/ceyuan-spool") }
        #expect(error?.description.contains("/proc/ceyuan-spool") == true)
    }

    @Test("what an interrupted upload left is removed a day later, a running upload is not")
    func abandoned() async throws {
        try await Workbench.withSpool { spool in
            for (name, age) in [("incoming-old", 90_000.0), ("incoming-new", 10)] {
                let path = "\(spool.directory)/\(name)"
                try Data("x".utf8).write(to: URL(filePath: path))
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -age)],
                    ofItemAtPath: path
                )
            }
            _ = try Spool(directory: spool.directory)
            #expect(try entries(spool) == ["incoming-new"])
        }
    }

    private func entries(_ spool: Spool) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: spool.directory).sorted()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
