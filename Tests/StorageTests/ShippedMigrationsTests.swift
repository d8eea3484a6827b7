import Foundation
import PostgresClient
import Storage
import TestSupport
import Testing

/// A migration that has shipped stands in databases that nobody here can mend: it is never edited, another is added.
@Suite("Migrations that have shipped")
struct ShippedMigrationsTests {
    @Test("are what they were; RECORD=1 adds the new ones to the list")
    func unchanged() async throws {
        let statuses = try await withTestDatabase { pool in
            try await Migrator(pool: pool, migrations: StorageMigrations.all).status()
        }
        let present = statuses.map { "\($0.schema)/\($0.version) \($0.checksum)" }
        let gone = ShippedMigrations.list.filter { !present.contains($0) }
        #expect(gone == [], "these were edited or removed; leave them, and add a migration with the next version")
        if ProcessInfo.processInfo.environment["RECORD"] == "1", gone.isEmpty {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ShippedMigrations.swift")
            let text = try String(contentsOf: file, encoding: .utf8)
            let quotes = try #require(text.firstRange(of: "\"\"\"\n"))
            let lines = present.map { "        \($0)\n" }.joined()
            try "\(text[..<quotes.upperBound])\(lines)        \"\"\".split(separator: \"\\n\").map(String.init)\n}\n"
                .write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
