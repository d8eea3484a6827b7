import Logging
import NIOCore
import PostgresClient
import ServiceLifecycle
public import UnixSignals

extension PlatformHost {
    /// Runs everything until a signal comes or a part fails.
    ///
    /// Refuses to start when the database cannot be reached or its schema is
    /// not this program's. On a signal: not ready, no new connections, running
    /// requests end, jobs end or are given back, connections to the database
    /// close.
    ///
    /// - Parameters:
    ///   - signals: What stops it in good order.
    ///   - onListening: Told the address once the host listens.
    /// - Throws: ``HostError`` with the reason, or what a plugin threw while it was mounted.
    public func run(
        signals: [UnixSignal] = [.sigterm, .sigint],
        onListening: @escaping @Sendable (_ address: String) async -> Void = { _ in }
    ) async throws {
        try makeDirectory(configuration.directories.data)
        try makeDirectory(configuration.directories.spool)
        let application = try application { [configuration, logger] address in
            logger.notice("listening", metadata: ["address": "\(address)", "version": "\(PlatformVersion.current)"])
            if let file = configuration.addressFile {
                do {
                    try writeAtomically("\(address)\n", to: file)
                } catch {
                    logger.error("cannot write the address", metadata: ["file": "\(file)", "error": "\(error)"])
                }
            }
            await onListening(address)
        }
        ProcessMetrics.register(in: metrics)
        metrics.beforeScrape { [database] in database.recordMetrics() }
        try await SchemaCheck(migrations: migrations).check(database)
        if !configuration.allowsPrivilegedRole {
            let others = try await RoleCheck(schemas: Set(migrations.map(\.schema))).check(database)
            if !others.isEmpty {
                logger.info(
                    "the database role may use more than this host needs",
                    metadata: ["schemas": .string(others.joined(separator: ","))]
                )
            }
        }
        for plugin in plugins { try await plugin.start(in: platform(for: plugin)) }

        var services: [any Service] = [DatabaseService(pool: database)]
        if configuration.jobsEnabled {
            services += [try worker(), relay, scheduler] + (try background())
            try await sweep.begin()
        }
        services += try listeners()
        services += [deadlines, application, readiness, StartUpMemory()]
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: signals,
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        group.maximumGracefulShutdownDuration = configuration.shutdownGrace
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            let address = configuration.socket ?? "\(configuration.host):\(configuration.port)"
            throw HostError.cannotListen(address, systemMessage(error.errnoCode))
        }
        if let file = configuration.addressFile { removeFile(file) }
        logger.notice("stopped")
    }
}
