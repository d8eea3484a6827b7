import Administration
import DomainModel
import Foundation
import Ingest
import PlatformClient
import PostgresClient
import Registry
import Reports
import ServiceKit
import TestSupport
import Testing

/// What a service said of an error.
func problem(_ error: PlatformClientError?) -> ProblemDetails? {
    if case .problem(let details) = error { details } else { nil }
}

@Suite("Access", .timeLimit(.minutes(5)))
struct AccessTests {
    private static let plugins: [any PlatformPlugin] = [
        AdministrationPlugin(), RegistryPlugin(), IngestPlugin(), ReportsPlugin(),
    ]

    @Test("no route of a plugin is open to anybody, but the way in for the first administrator")
    func publicRoutes() async throws {
        try await withTestDatabase { pool in
            let folder = FileManager.default.temporaryDirectory.appending(path: "access-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let directories = PlatformDirectories(data: folder, spool: folder)
            let api = APIRouter()
            for plugin in Self.plugins {
                try plugin.mount(on: api, in: Platform(database: pool, directories: directories))
            }
            #expect(api.routes.count > 25)
            let open = api.routes.filter { $0.permission == .public }.map(\.path)
            #expect(open == ["/v1/bootstrap"])
            // What roles give by name must be something.
            let listed = Set(Self.plugins.flatMap(\.manifest.permissions).map(\.id))
            let used = Set(api.routes.map(\.permission.id)).subtracting(["public", "signed_in"])
            #expect(used.subtracting(listed).subtracting(["identity.read", "identity.manage"]) == [])
        }
    }

    @Test("nobody reads anything but health and the name of the service")
    func anonymous() async throws {
        try await LivePlatform.run { platform in
            let client = try platform.client(token: nil)
            for path in ["/livez", "/readyz", "/metrics", "/v1/about"] {
                #expect(try await client.bytes(path).status == 200)
            }
            for path in ["/v1/regions", "/v1/observations", "/v1/batches/1", "/v1/editions/1/content", "/v1/session"] {
                let error = await #expect(throws: PlatformClientError.self) { try await client.bytes(path) }
                #expect(problem(error)?.code == "AUTHENTICATION_REQUIRED")
                #expect(problem(error)?.status == 401)
            }
        }
    }

    @Test("the submitter of a batch is whoever is signed in")
    func submitter() async throws {
        try await LivePlatform.run { platform in
            let batch = try await platform.importRecords("regions", ReferenceData.file("regions.csv"))
            #expect(batch.submitter == "user:test")
        }
    }
}
