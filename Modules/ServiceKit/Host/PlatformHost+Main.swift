import Glibc
import Logging
import Metrics
import PostgresClient

extension PlatformHost {
    /// Runs a host as a program, and ends the process.
    ///
    /// Exit codes (sysexits): 0 stopped by a signal; 64 unknown option; 65 the
    /// schema of the database is not this program's; 69 database unreachable;
    /// 70 fault; 71 address taken; 73 directory not writable; 78 configuration
    /// wrong.
    ///
    /// - Parameters:
    ///   - name: The name of the program.
    ///   - defaultPort: The port unless `listen.port` says another.
    ///   - plugins: What it is made of.
    ///   - elsewhere: Plugins of other hosts: a configuration that is shared may hold their keys too.
    public static func main(
        name: String,
        defaultPort: Int,
        plugins: [any PlatformPlugin],
        elsewhere: [String] = []
    ) async -> Never {
        switch CommandLine.arguments.dropFirst().first {
        case nil: break
        case "--version":
            print("\(name) \(PlatformVersion.current)")
            exit(HostExit.ok)
        case "--help", "-h":
            print(help(name: name, defaultPort: defaultPort, plugins: plugins))
            exit(HostExit.ok)
        case let option?:
            complain(name, "unknown option \(option); try --help / 未知选项 \(option)")
            exit(HostExit.usage)
        }
        // A reader that went away shows as an error of the write.
        signal(SIGPIPE, SIG_IGN)
        do {
            try await start(name: name, defaultPort: defaultPort, plugins: plugins, elsewhere: elsewhere)
            exit(HostExit.ok)
        } catch let error as HostError {
            complain(name, "\(error)")
            exit(error.exitCode)
        } catch let error as ConfigurationError {
            complain(name, "\(error)")
            exit(HostExit.configuration)
        } catch {
            complain(name, String(reflecting: error))
            exit(HostExit.fault)
        }
    }

    private static func start(
        name: String,
        defaultPort: Int,
        plugins: [any PlatformPlugin],
        elsewhere: [String]
    ) async throws {
        let settings = try await PlatformConfiguration(environment: environment())
        try settings.checkKeys(Self.settings(of: plugins), elsewhere: elsewhere)
        let configuration = try HostConfiguration(settings, defaultPort: defaultPort)
        LoggingSystem.bootstrap { label in
            LineLogHandler(label: label, format: configuration.logFormat, level: configuration.logLevel)
        }
        let metrics = PrometheusRegistry()
        // For libraries that know no other way; our own code is handed the registry.
        MetricsSystem.bootstrap(metrics)
        let logger = Logger(label: name)
        let database = PostgresPool(configuration: try configuration.postgres(applicationName: name), logger: logger)
        let host = PlatformHost(
            name: name,
            plugins: plugins,
            configuration: configuration,
            settings: settings,
            database: database,
            logger: logger,
            metrics: metrics
        )
        try await host.run()
    }

    /// Said on the standard error as well as logged, so that a person sees it whatever the log's format.
    private static func complain(_ name: String, _ message: String) {
        writeToStandardError("\(name): \(message)\n")
    }

    /// Every key that a host with these plugins reads.
    static func settings(of plugins: [any PlatformPlugin]) -> [Setting] {
        HostConfiguration.keys
            + plugins.flatMap { plugin in plugin.settings.map { $0.below(plugin.manifest.name) } }
    }

    /// What `--help` prints.
    static func help(name: String, defaultPort: Int, plugins: [any PlatformPlugin]) -> String {
        let parts = plugins.map { "  \($0.manifest.name) \($0.manifest.version)  \($0.manifest.summary)" }
        return """
            \(name) \(PlatformVersion.current)

            Runs until SIGTERM or SIGINT. Plugins:
            \(parts.joined(separator: "\n"))

            Configuration: environment variables, over the YAML or JSON file named by CEYUAN_CONFIG
            (CEYUAN_LISTEN_PORT is listen.port in the file). Unknown keys are refused. Default port: \(defaultPort).

            \(HostConfiguration.help(settings(of: plugins)))
            """
    }
}
