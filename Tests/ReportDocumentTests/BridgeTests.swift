import DomainModel
import FoundationEssentials
import Glibc
import ReportDocument
import Testing

/// Tests against the real drawing program, where it is installed (`Tools/document-bridge/README.md`).
@Suite("document bridge", .serialized)
struct BridgeTests {
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    static let location: BridgeLocation? = {
        let location = BridgeLocation.standard(home: root)
        return access(location.python, X_OK) == 0 ? location : nil
    }()

    static let spec: JSONValue = [
        "width": 200, "height": 40, "autosize": ["type": "none"],
        "data": ["values": [["v": 3051.61, "n": "全区生产总值"]]],
        "mark": "text", "encoding": ["text": ["field": "n"]],
    ]

    /// A program that stands in for the interpreter and misbehaves.
    ///
    /// Linux refuses to run a file that is open for writing, and a process that another test is just starting still
    /// has it open: hence the tests run one after the other.
    private func program(_ text: String) throws -> BridgeLocation {
        let path = "/tmp/ceyuan-bridge-test-\(UInt64.random(in: 0...UInt64.max)).sh"
        try Data("#!/bin/sh\n\(text)".utf8).write(to: URL(filePath: path))
        chmod(path, 0o700)
        return BridgeLocation(python: path, program: path)
    }

    @Test(
        "a chart with Chinese labels is drawn, and drawn the same again",
        .enabled(if: location != nil, "the document bridge is missing; “deploy/setup.sh test” makes it")
    )
    func draws() async throws {
        let location = try #require(Self.location)
        var drawings: Set<String> = []
        for _ in 0..<2 {
            let bridge = DocumentBridge(location)
            for _ in 0..<2 { drawings.insert(try await bridge.draw(Self.spec)) }
            await bridge.close()
        }
        #expect(drawings.count == 1)
        #expect(drawings.first?.hasPrefix("<svg ") == true)
        #expect(drawings.first?.contains("全区生产总值") == true)
    }

    @Test(
        "the bridge says which versions it draws with",
        .enabled(if: location != nil, "the document bridge is missing; “deploy/setup.sh test” makes it")
    )
    func versions() async throws {
        let versions = try await DocumentBridge(try #require(Self.location)).versions()
        #expect(versions.protocol == 1)
        #expect(versions.vlConvert == "1.9.0.post1")
    }

    @Test(
        "a bad specification is refused and the next one drawn",
        .enabled(if: location != nil, "the document bridge is missing; “deploy/setup.sh test” makes it")
    )
    func badSpecification() async throws {
        let bridge = DocumentBridge(try #require(Self.location))
        let bad: [JSONValue] = [
            ["mark": "nothing"], "text", ["mark": "bar", "data": ["url": "http://127.0.0.1/x.csv"]],
            ["mark": "bar", "data": ["url": "file:///etc/passwd"]],
        ]
        for spec in bad {
            let failure = await #expect(throws: ChartDrawingFailure.self) { try await bridge.draw(spec) }
            #expect(failure?.cause == .refused)
        }
        #expect(try await bridge.draw(Self.spec).hasPrefix("<svg "))
    }

    @Test(
        "requests of many tasks are answered each with its own",
        .enabled(if: location != nil, "the document bridge is missing; “deploy/setup.sh test” makes it")
    )
    func concurrent() async throws {
        let bridge = DocumentBridge(try #require(Self.location))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let spec: JSONValue = [
                        "data": ["values": [["n": .string("第\(number)项")]]], "mark": "text",
                        "encoding": ["text": ["field": "n"]],
                    ]
                    return try await bridge.draw(spec).contains("第\(number)项")
                }
            }
            for try await isOwn in group { #expect(isOwn) }
        }
    }

    @Test("without the program a document keeps its words and says what is missing")
    func missing() async throws {
        let bridge = DocumentBridge(BridgeLocation(python: "/nowhere/python3", program: "/nowhere/bridge.py"))
        let document = await Samples.everything().drawingCharts(with: bridge)
        #expect(document.notices.count == 1)
        #expect(document.notices.first?.contains("/nowhere/python3") == true)
        let page = try HTMLRenderer().render(document)
        #expect(page.contains("未安装制图程序"))
        #expect(page.contains("class=\"alternative\""))
    }

    @Test("a program that dies is started once more and then given up")
    func crash() async throws {
        let marks = "/tmp/ceyuan-bridge-starts-\(UInt64.random(in: 0...UInt64.max))"
        let location = try program("echo started >> \(marks)\n")
        let failure = await #expect(throws: ChartDrawingFailure.self) {
            try await DocumentBridge(location).draw(Self.spec)
        }
        #expect(failure?.cause == .crashed)
        #expect(try String(contentsOf: URL(filePath: marks), encoding: .utf8) == "started\nstarted\n")
        unlink(marks)
        unlink(location.program)
    }

    @Test("a program that does not answer is ended in time")
    func timeout() async throws {
        let location = try program("exec sleep 600\n")
        let bridge = DocumentBridge(location, timeout: .milliseconds(200))
        let failure = await #expect(throws: ChartDrawingFailure.self) { try await bridge.draw(Self.spec) }
        #expect(failure?.cause == .timedOut)
        unlink(location.program)
    }

    @Test("a program that answers nonsense is given up")
    func nonsense() async throws {
        let location = try program("while true; do printf '\\000\\000\\000\\002{}'; sleep 1; done\n")
        let failure = await #expect(throws: ChartDrawingFailure.self) {
            try await DocumentBridge(location, timeout: .seconds(60)).draw(Self.spec)
        }
        #expect(failure?.cause == .crashed)
        unlink(location.program)
    }
}
