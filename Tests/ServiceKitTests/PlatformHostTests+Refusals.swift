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

/// What a host refuses to start or serve with.
extension PlatformHostTests {
    @Test("a host refuses a schema that is too old or too new, and says what to do")
    func schema() async throws {
        try await withTestDatabase { pool in
            func start(_ plugin: SketchPlugin) async -> HostError? {
                let host = PlatformHost(
                    name: "ceyuan-test",
                    plugins: [plugin],
                    configuration: configuration(),
                    database: pool
                )
                do {
                    try await host.run(signals: [])
                    return nil
                } catch {
                    return error as? HostError
                }
            }
            func step(_ version: Int) -> Migration {
                Migration(schema: "sketch", version: version, name: "step \(version)", sql: "SELECT 1")
            }
            try await Migrator(pool: pool, migrations: [step(1)]).up()
            let old = await start(SketchPlugin(migrations: [step(1), step(2)]))
            #expect(old?.exitCode == HostExit.schemaMismatch)
            #expect(old?.description.contains("sketch/2 “step 2”: run “ceyuan migrate up” first") == true)
            try await Migrator(pool: pool, migrations: [step(1), step(2)]).up()
            let new = await start(SketchPlugin(migrations: [step(1)]))
            #expect(new?.exitCode == HostExit.schemaMismatch)
            #expect(new?.description.contains("does not know sketch/2") == true)
        }
    }

    @Test("a host says so when the database or the port cannot be had")
    func unreachable() async throws {
        let unreachable = PlatformHost(
            name: "t",
            plugins: [],
            configuration: configuration(),
            database: try unconnectedPool()
        )
        let database = await #expect(throws: HostError.self) { try await unreachable.run(signals: []) }
        #expect(database?.exitCode == HostExit.databaseUnreachable)

        try await withTestDatabase { pool in
            var taken = configuration()
            taken.host = "192.0.2.1"  // TEST-NET-1 (RFC 5737): no machine has it.
            let host = PlatformHost(name: "t", plugins: [], configuration: taken, database: pool)
            let error = await #expect(throws: HostError.self) { try await host.run(signals: []) }
            #expect(error?.exitCode == HostExit.cannotListen)
        }
        var unwritable = configuration()
        unwritable.directories = PlatformDirectories(data: "/proc/none", spool: "/proc/none/spool")
        let host = PlatformHost(name: "t", plugins: [], configuration: unwritable, database: try unconnectedPool())
        let error = await #expect(throws: HostError.self) { try await host.run(signals: []) }
        #expect(error?.exitCode == HostExit.cannotCreate)
    }

    @Test("readiness is 503 with each check when the database is away")
    func notReady() async throws {
        let host = PlatformHost(
            name: "t",
            plugins: [],
            configuration: configuration(),
            database: try unconnectedPool()
        )
        try await host.application().test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                let readiness = try JSONDecoder()
                    .decode(Readiness.self, from: Data(response.body.readableBytesView))
                #expect(readiness.checks["database"]?.ok == false)
                #expect(readiness.checks["shutdown"]?.ok == true)
            }
            try await client.execute(uri: "/livez", method: .get) { #expect($0.status == .ok) }
        }
    }
}
