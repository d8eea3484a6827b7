import PostgresClient
import TestSupport

/// Runs the body with a pool, on an empty database of its own, whose reads all share one connection.
///
/// - Throws: What the body throws, or what making and dropping the database throws.
func withOneReader(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (PostgresPool) async throws -> Void
) async throws {
    try await withTestDatabase(migrated: false, configure: { $0.readerConnections = 1 }, body)
}
