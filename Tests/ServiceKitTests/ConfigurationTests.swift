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

    @Test("a key that nothing reads is refused, in YAML, in JSON and in the environment, and the nearest one is named")
    func unknown() async throws {
        for (name, text) in [
            ("c.yaml", "listen:\n  prot: 9000\nlog:\n  level: debug\nsketch:\n  rows: 1\nzebra: [1]\n"),
            ("c.json", #"{"listen":{"prot":9000},"log":{"level":"debug"},"sketch":{"rows":1},"zebra":[1]}"#),
        ] {
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)")
                .path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let settings = try await PlatformConfiguration(
                environment: ["CEYUAN_CONFIG": path, "CEYUAN_JOBS_ENABLD": "no", "CEYUAN_TOKEN": "t", "PATH": "/bin"]
            )
            let error = #expect(throws: HostError.self) {
                try settings.checkKeys(HostConfiguration.keys + [Setting("sketch.rows", default: "1", "rows")])
            }
            guard case .keysUnknown(let keys)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(
                keys == [
                    UnknownKey(name: "listen.prot", file: path, nearest: "listen.port"),
                    UnknownKey(name: "zebra", file: path, nearest: nil),
                    UnknownKey(name: "CEYUAN_JOBS_ENABLD", file: nil, nearest: "CEYUAN_JOBS_ENABLED"),
                ]
            )
            #expect(error?.exitCode == 78)
            #expect(error?.description.contains("listen.prot in \(path) (did you mean listen.port?)") == true)
        }
    }

    @Test("keys of other hosts' plugins in a shared configuration are left to them")
    func elsewhere() async throws {
        let settings = PlatformConfiguration(variables: ["CEYUAN_SKETCH_ROWS": "1", "CEYUAN_SKETCHES": "1"])
        let error = #expect(throws: HostError.self) {
            try settings.checkKeys(HostConfiguration.keys, elsewhere: ["sketch"])
        }
        #expect(error?.description.contains("CEYUAN_SKETCHES in the environment") == true)
        #expect(error?.description.contains("CEYUAN_SKETCH_ROWS") == false)
        try PlatformConfiguration(variables: ["CEYUAN_SKETCH_ROWS": "1"]).checkKeys([], elsewhere: ["sketch"])
    }

    @Test("every key has the variable that the environment is asked for")
    func variables() throws {
        for setting in HostConfiguration.keys {
            let settings = PlatformConfiguration(variables: [setting.variable: "here"])
            #expect(try settings.text(setting.key) == "here", "\(setting.key)")
            try settings.checkKeys(HostConfiguration.keys)
        }
    }

    @Test("a secret is shown by nothing that prints a configuration")
    func secrets() throws {
        let settings = PlatformConfiguration(variables: ["CEYUAN_DATABASE_URL": "password=hush nonsense"])
        let configuration = try HostConfiguration(settings, defaultPort: 1)
        var dumped = ""
        dump(configuration, to: &dumped)
        let error = #expect(throws: ConfigurationError.self) { try configuration.postgres(applicationName: "t") }
        for text in [
            "\(configuration)", String(reflecting: configuration), dumped, "\(configuration.databaseURL)",
            "\(String(describing: error))", HostConfiguration.help(HostConfiguration.keys),
        ] {
            #expect(!text.contains("hush"))
        }
        #expect(configuration.databaseURL.text.contains("hush"))
        #expect(HostConfiguration.keys.filter(\.isSecret).map(\.key) == ["database.url"])
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
