import Foundation
import Logging
import Testing

@testable import ServiceKit

@Suite("Configuration")
struct ConfigurationTests {
    @Test("defaults hold where nothing is set")
    func defaults() throws {
        let configuration = try HostConfiguration(PlatformConfiguration(), defaultPort: 8102)
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8102)
        #expect(configuration.directories.spool == "data/spool")
        #expect(configuration.logFormat == .text)
        #expect(configuration.jobsInterval == .milliseconds(250))
    }

    @Test("the environment goes before the file, in YAML and in JSON")
    func layers() async throws {
        for (name, text) in [
            ("c.yaml", "listen:\n  port: 9000\n  host: 0.0.0.0\nlog:\n  level: debug\njobs:\n  enabled: false\n"),
            ("c.json", #"{"listen":{"port":9000,"host":"0.0.0.0"},"log":{"level":"debug"},"jobs":{"enabled":false}}"#),
        ] {
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)")
                .path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let settings = try await PlatformConfiguration(
                environment: ["CEYUAN_CONFIG": path, "CEYUAN_LISTEN_PORT": "0", "CEYUAN_ADDRESS_FILE": "/tmp/a"]
            )
            let configuration = try HostConfiguration(settings, defaultPort: 1)
            #expect(configuration.port == 0)
            #expect(configuration.host == "0.0.0.0")
            #expect(configuration.logLevel == .debug)
            #expect(configuration.addressFile == "/tmp/a")
            #expect(!configuration.jobsEnabled)
        }
    }

    @Test(
        "a wrong value stops the start and is named, never replaced by the default",
        arguments: [
            ("CEYUAN_LISTEN_PORT", "abc", "listen.port"), ("CEYUAN_LISTEN_PORT", "65536", "listen.port"),
            ("CEYUAN_LOG_FORMAT", "xml", "log.format"), ("CEYUAN_JOBS_ENABLED", "perhaps", "jobs.enabled"),
            ("CEYUAN_HTTP_CONCURRENCY", "0", "http.concurrency"),
            ("CEYUAN_LISTEN_SOCKET", "/" + String(repeating: "x", count: 107), "listen.socket"),
        ]
    )
    func wrong(variable: String, value: String, key: String) throws {
        let error = #expect(throws: ConfigurationError.self) {
            try HostConfiguration(PlatformConfiguration(variables: [variable: value]), defaultPort: 1)
        }
        #expect(error?.key == key)
        #expect(error?.given == value)
    }

    @Test("a wrong value of the file is found although it has another type")
    func wrongType() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml").path
        try Data("listen:\n  port: true\n".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = try await PlatformConfiguration(environment: ["CEYUAN_CONFIG": path])
        let error = #expect(throws: ConfigurationError.self) { try HostConfiguration(settings, defaultPort: 1) }
        #expect(error?.key == "listen.port")
        await #expect(throws: ConfigurationError.self) {
            try await PlatformConfiguration(environment: ["CEYUAN_CONFIG": "/nonexistent.yaml"])
        }
    }

    @Test("a plugin reads under its own name")
    func scoped() throws {
        let ingest = PlatformConfiguration(variables: ["CEYUAN_INGEST_BATCH_ROWS": "12"]).scoped(to: "ingest")
        #expect(try ingest.integer("batchRows", in: 1...100, default: 1) == 12)
        #expect(try ingest.text("absent") == nil)
        let error = #expect(throws: ConfigurationError.self) { try ingest.integer("batchRows", in: 1...10, default: 1) }
        #expect(error?.key == "ingest.batchRows")
    }

    @Test("--help lists every key that is read, and no other")
    func help() throws {
        let source = try String(contentsOfFile: Self.source("HostConfiguration.swift"), encoding: .utf8)
        let readers = try [
            "HostConfiguration.swift", "../Identity/IdentitySettings.swift", "../Identity/ProviderSettings.swift",
        ]
        .map { try String(contentsOfFile: Self.source($0), encoding: .utf8) }.joined()
        let read = readers.matches(of: /(?:integer|text|boolean|choice|seconds|required)\(\s*"([A-Za-z.]+)"/)
            .map { String($0.1) }
        #expect(Set(read) == Set(HostConfiguration.keys.map(\.key)))
        for key in read { #expect(source.contains("/// | `\(key)` |"), "\(key) is not documented") }
    }

    private static func source(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Modules/ServiceKit/Host/\(name)").path
    }
}
