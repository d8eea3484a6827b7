import FoundationEssentials
import Testing

@testable import ceyuan

@Suite("saving reports")
struct OutputDirectoryTests {
    @Test("a file with the same bytes is left alone, another one is replaced")
    func unchanged() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ceyuan-out-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let directory = try OutputDirectory("\(folder)/a/b")
        let first = try directory.save(Array("报告".utf8), as: "x.html")
        #expect(first.isNew)
        #expect(first.path == "\(folder)/a/b/x.html")
        #expect(try !directory.save(Array("报告".utf8), as: "x.html").isNew)
        #expect(try directory.save(Array("修订".utf8), as: "x.html").isNew)
        #expect(try String(contentsOf: URL(filePath: first.path), encoding: .utf8) == "修订")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/a/b") == ["x.html"])
    }

    @Test("a name with a slash stays in the directory")
    func slash() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ceyuan-out-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let directory = try OutputDirectory(folder)
        #expect(try directory.save([1], as: "../x.html").path == "\(folder)/.._x.html")
    }

    @Test("a file in place of the directory is told")
    func file() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ceyuan-out-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try OutputDirectory(folder).save([1], as: "f")
        let failure = #expect(throws: Failure.self) { try OutputDirectory("\(folder)/f") }
        #expect(failure?.code == "FILE_UNWRITABLE")
        #expect(failure?.status == .local)
    }
}
