import PostgresClient

/// The transaction that a load runs in.
enum LoadTransaction {
    // Another load may make the same series or revise the same value first; the next try then sees it.
    private static let attempts = 5

    /// Runs the body in a transaction, and again when another load was faster.
    static func run<Value>(
        in database: PostgresPool, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        for attempt in 1... {
            do {
                return try await database.withTransaction { connection in try await body(connection) }
            } catch let error as PostgresError where error.sqlState == .uniqueViolation && attempt < attempts {
                continue
            }
        }
    }
}

/// Ends the transaction of a load that must not be committed, and carries out what came of it.
struct RefusedLoad: Error {
    /// What came of the load.
    let result: ObservationLoad.Result
    /// Why, when it is not for the conflicts.
    let reason: String?

    /// The reason when the receipt is not the one that the sender expects.
    static func otherReceipt(_ expected: String, _ found: String) -> String {
        "RECEIPT_DIFFERS: the receipt would be \(found), the sender expects \(expected); rehearse again"
    }
}
