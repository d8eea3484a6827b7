import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import PostgresClient
import ServiceLifecycle
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Hosts")
struct PlatformHostTests {
    /// A configuration whose files are in a folder of their own.
    func configuration() -> HostConfiguration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("host-\(UUID().uuidString)").path
        var configuration = HostConfiguration()
        configuration.directories = PlatformDirectories(data: "\(folder)/data", spool: "\(folder)/data/spool")
        configuration.addressFile = "\(folder)/address"
        configuration.jobsInterval = .milliseconds(20)
        return configuration
    }

    /// The host as the only service of a group that the test shuts down as a signal would.
    static func group(
        _ host: PlatformHost,
        _ listening: AsyncStream<String>.Continuation
    ) -> ServiceGroup {
        struct Running: Service {
            let host: PlatformHost
            let listening: AsyncStream<String>.Continuation

            func run() async throws {
                try await host.run(signals: []) { [listening] in listening.yield($0) }
            }
        }
        let running = Running(host: host, listening: listening)
        return ServiceGroup(
            configuration: .init(
                services: [running],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        )
    }

    @Test("the example of the documentation is the plugin that is tested here")
    func example() throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let code = try String(contentsOf: here.appendingPathComponent("GuestBook.swift"), encoding: .utf8)
        let prose = try String(
            contentsOf: here.appendingPathComponent("../../Modules/ServiceKit/Plugin/PlatformPlugin.swift"),
            encoding: .utf8
        )
        func squeezed(_ lines: some Sequence<Substring>) -> String {
            lines.joined().filter { !$0.isWhitespace }
        }
        let example = code.components(separatedBy: "// example\n")[1].split(separator: "\n")
        let documented = prose.components(separatedBy: "/// ```swift\n")[1].components(separatedBy: "/// ```")[0]
            .split(separator: "\n").map { $0.dropFirst(3) }
        #expect(squeezed(example) == squeezed(documented))
    }

    @Test("a plugin's routes, table and job work in a running host, which then stops in order", .timeLimit(.minutes(5)))
    func wholeLife() async throws {
        try await withTestDatabase { pool in
            let plugin = GuestBook()
            try await Migrator(pool: pool, migrations: plugin.migrations).up()
            let configuration = configuration()
            let host = PlatformHost(
                name: "ceyuan-test",
                plugins: [plugin],
                configuration: configuration,
                database: pool
            )
            let (addresses, listening) = AsyncStream.makeStream(of: String.self)
            let group = Self.group(host, listening)
            let run = Task { try await group.run() }
            var iterator = addresses.makeAsyncIterator()
            let address = try #require(await iterator.next())
            let file = try #require(configuration.addressFile)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "\(address)\n")

            let post = try await Curl.run(
                ["-sS", "-X", "POST", "-H", "Content-Type: application/json", "-d", #"{"name":"余杭"}"#, "-D", "-"],
                "\(address)/v1/greetings"
            )
            #expect(post.contains("HTTP/1.1 201 Created"))
            #expect(post.lowercased().contains("location: /v1/greetings/余杭"))
            // The job measures the name.
            var greeting = ""
            while !greeting.contains("length") {
                greeting = try await Curl.run(["-sS"], "\(address)/v1/greetings/%E4%BD%99%E6%9D%AD")
            }
            #expect(greeting == #"{"length":2,"name":"余杭"}"#)
            let missing = try await Curl.run(["-sS", "-H", "Accept-Language: zh"], "\(address)/v1/greetings/x")
            #expect(missing.contains(#""title":"未找到""#))

            let ready = try await Curl.run(["-sS"], "\(address)/readyz")
            let readiness = try JSONDecoder().decode(Readiness.self, from: Data(ready.utf8))
            #expect(readiness.ready, "\(ready)")
            #expect(Set(readiness.checks.keys) == ["audit", "database", "schema", "disk", "queue", "shutdown"])
            #expect(readiness.checks["audit"]?.figures?["key"] == "none")
            #expect(readiness.checks["schema"]?.figures?["requests"] == 2)
            #expect(readiness.checks["queue"]?.figures?.keys.contains("ageSeconds") == true)
            #expect(readiness.checks["disk"]?.figures?.keys.contains("dataFreeBytes") == true)
            #expect(readiness.checks["database"]?.figures?.keys.contains("milliseconds") == true)
            let about = try await Curl.run(["-sS"], "\(address)/v1/about")
            #expect(about.contains(#""name":"guestbook""#))
            let metrics = try await Curl.run(["-sS"], "\(address)/metrics")
            try ExpositionGrammar.check(metrics)
            #expect(metrics.contains(#"jobs_ended_total{ending="done",kind="guestbook.measure"} 1"#))
            #expect(metrics.contains("process_resident_memory_bytes"))
            let families = Set(metrics.matches(of: /(?m)^# TYPE (\S+)/).map { String($0.1) })
            let helped = Set(metrics.matches(of: /(?m)^# HELP (\S+)/).map { String($0.1) })
            #expect(families == helped.intersection(families) && !families.isEmpty)
            if Promtool.path != nil { try await Promtool.check(metrics) }

            // A body over a mebibyte makes curl ask first; the answer must not wait for its timer.
            let long = try await Curl.run(
                ["-sS", "-v", "-X", "POST", "-H", "Content-Type: application/json", "--data-binary", "@-"],
                "\(address)/v1/greetings",
                input: String(repeating: " ", count: 1_048_577)
            )
            #expect(long.contains("100 Continue"))
            #expect(long.contains("BODY_TOO_LONG"))

            await group.triggerGracefulShutdown()
            try await run.value
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test(
        "promtool finds nothing to say about the metrics of a running host",
        .enabled(if: Promtool.path != nil, "promtool is missing; “deploy/setup.sh test” fetches it")
    )
    func metricsPleaseTheirReader() async throws {
        try await withTestDatabase { pool in
            let folder = configuration()
            try await withLiveHost(SketchPlugin(), database: pool) {
                $0 = folder
            } _: { address in
                _ = try await Curl.run(["-sS"], "\(address)/v1/about")
                try await Promtool.check(try await Curl.run(["-sS"], "\(address)/metrics"))
            }
        }
    }

    @Test("a host whose disk is all but full is not ready, and says how much is left")
    func disk() async throws {
        try await withTestDatabase { pool in
            try await withLiveHost(SketchPlugin(), database: pool, configure: { $0.minimumFreeBytes = .max }) {
                address in
                let ready = try await Curl.run(["-sS"], "\(address)/readyz")
                let readiness = try JSONDecoder().decode(Readiness.self, from: Data(ready.utf8))
                #expect(!readiness.ready)
                #expect(readiness.checks["disk"]?.ok == false)
                #expect(readiness.checks["disk"]?.detail?.contains("bytes left") == true)
                #expect(readiness.checks["database"]?.ok == true)
            }
        }
    }

    @Test("a plugin finds a neighbour of its process, and no other", .timeLimit(.minutes(5)))
    func neighbours() async throws {
        try await withTestDatabase { pool in
            let asking = SketchPlugin(
                name: "asking",
                routes: { api, platform in
                    api.get("/v1/neighbours", summary: "", permission: .public) { _ in
                        try .json([platform.neighbour("asked"), platform.neighbour("absent")])
                    }
                }
            )
            let host = PlatformHost(
                name: "ceyuan-test",
                plugins: [asking, SketchPlugin(name: "asked")],
                configuration: configuration(),
                database: pool
            )
            #expect(host.platform(for: asking).neighbour("asked") == nil)
            let (addresses, listening) = AsyncStream.makeStream(of: String.self)
            let group = Self.group(host, listening)
            let run = Task { try await group.run() }
            var iterator = addresses.makeAsyncIterator()
            let address = try #require(await iterator.next())
            #expect(try await Curl.run(["-sS"], "\(address)/v1/neighbours") == #"["\#(address)",null]"#)
            await group.triggerGracefulShutdown()
            try await run.value
        }
    }

    @Test("requests that are being answered end before the host stops", .timeLimit(.minutes(5)))
    func drain() async throws {
        try await withTestDatabase { pool in
            let (entered, enter) = AsyncStream.makeStream(of: Void.self)
            let plugin = SketchPlugin(
                routes: { api, platform in
                    api.get("/v1/slow", summary: "", permission: .public) { _ in
                        enter.yield()
                        try await Task.sleep(for: .milliseconds(300))
                        try await platform.database.execute("SELECT 1")
                        return .text("finished")
                    }
                }
            )
            let host = PlatformHost(
                name: "ceyuan-test",
                plugins: [plugin],
                configuration: configuration(),
                database: pool
            )
            let (addresses, listening) = AsyncStream.makeStream(of: String.self)
            let group = Self.group(host, listening)
            let run = Task { try await group.run() }
            var iterator = addresses.makeAsyncIterator()
            let address = try #require(await iterator.next())
            let answer = Task { try await Curl.run(["-sS"], "\(address)/v1/slow") }
            for await _ in entered { break }
            await group.triggerGracefulShutdown()
            #expect(try await answer.value == "finished")
            try await run.value
        }
    }

    @Test("a burst of connections while a host stops does not bring the process down", .timeLimit(.minutes(5)))
    func burst() async throws {
        for round in 0..<12 {
            let host = PlatformHost(
                name: "ceyuan-test",
                plugins: [],
                configuration: configuration(),
                database: try unconnectedPool()
            )
            let (addresses, listening) = AsyncStream.makeStream(of: String.self)
            let application = try host.application { listening.yield($0) }
            let group = ServiceGroup(
                configuration: .init(
                    services: [application],
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                )
            )
            let run = Task { try await group.run() }
            var iterator = addresses.makeAsyncIterator()
            let address = try #require(await iterator.next())
            let port = try #require(UInt16(address.split(separator: ":").last ?? ""))
            let sockets = (0..<64).map { _ in connectedSocket(port) }
            if round % 2 == 0 { await group.triggerGracefulShutdown() } else { run.cancel() }
            for socket in sockets { close(socket) }
            _ = try? await run.value
        }
    }
}

/// A TCP connection to this machine.
private func connectedSocket(_ port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return descriptor
}
