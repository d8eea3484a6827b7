import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import Testing

/// Two writers that give one number to two records at the same time.
@Suite("Numbers of two writers at once", .timeLimit(.minutes(5)))
struct NumberRaceTests {
    /// Source: the example of GB 11643-1999.
    private static let number = "11010519491231002X"
    private static let allClaims = "hashtextextended('registry.blind_index', 0)"

    enum Writer: String, CaseIterable {
        case route, file
    }

    private struct Order: Encodable {
        let key: String
        let attributes: Attributes
    }

    @Test("one of them is told that the number is taken", arguments: Writer.allCases, Writer.allCases)
    func race(first: Writer, second: Writer) async throws {
        try await LivePlatform.run(starts: false) { platform in
            let keys = try platform.write("personal.keys", MasterKeys.newText(naming: "a"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys)
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": keys, "CEYUAN_REGISTRY_LOADERS": "2"])
            let client = try platform.client
            let files = try ["T-1", "T-2"].map { key in
                try platform.write("\(key).csv", "key,name_zh,resident_id\n\(key),林知远,\(Self.number)\n")
            }
            // Both are held up where they have looked, or are about to, and have written nothing for the other to see.
            let outcomes = try await platform.pool.withConnection { connection in
                try await connection.query("SELECT pg_advisory_lock(\(unescaped: Self.allClaims))::text")
                async let one = Self.write("T-1", by: first, files[0], client)
                try await Self.wait(for: 1, on: platform.pool)
                async let two = Self.write("T-2", by: second, files[1], client)
                try await Self.wait(for: 2, on: platform.pool)
                try await connection.query("SELECT pg_advisory_unlock(\(unescaped: Self.allClaims))")
                return try await [one, two]
            }
            #expect(outcomes.sorted() == ["IDENTIFIER_TAKEN", "made"])
            let lookup = RecordLookup(field: "resident_id", value: Self.number, purpose: "test")
            let found: [FoundRecord] = try await client.post("/v1/record-lookup", body: lookup)
            #expect(found.count == 1)
        }
    }

    /// Waits until so many writers wait for a claim.
    private static func wait(for count: Int64, on pool: PostgresPool) async throws {
        let waiting: PostgresQuery = """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        while try await pool.queryOne(waiting)?.decode(Int64.self) != count {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Makes a talent with the number.
    ///
    /// - Returns: `made`, or the code of what was wrong.
    private static func write(
        _ key: String,
        by writer: Writer,
        _ file: String,
        _ client: PlatformClient
    ) async throws -> String {
        switch writer {
        case .route:
            let attributes: Attributes = ["name_zh": .text("林知远"), "resident_id": .text(number)]
            do {
                let order = Order(key: key, attributes: attributes)
                return try await client.post("/v1/talents", body: order, as: RegistryRecord.self).key == key
                    ? "made" : ""
            } catch {
                let conflicts = problem(error as? PlatformClientError)?.member("conflicts", as: [Conflict].self) ?? []
                return conflicts.map(\.code.rawValue).joined(separator: " ")
            }
        case .file:
            let query: Query = ["filename": "\(key).csv"]
            var batch = try await client.upload(
                "/v1/talents/import",
                query: query,
                file: file,
                contentType: "text/csv",
                as: Batch.self
            ).body
            while !batch.state.isFinal {
                batch = try await client.get("/v1/batches/\(batch.id)", query: ["wait": "10"])
            }
            return batch.state == .committed ? "made" : batch.conflicts.map(\.code.rawValue).joined(separator: " ")
        }
    }
}
