import PostgresClient
import ServiceKit

/// The transaction that a load runs in.
enum LoadTransaction {
    // Another load may make the same series or revise the same value first; the next try then sees it.
    private static let attempts = 5

    /// Runs the body in a transaction, and again when another load was faster.
    static func run<Value>(
        in platform: Platform,
        as activity: Activity,
        _ body: (UnitOfWork) async throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await platform.write(activity, body)
            } catch let error as PostgresError where error.sqlState == .uniqueViolation && attempt < attempts {
                attempt += 1
            } catch is LoadOvertaken where attempt < attempts {
                attempt += 1
            }
        }
    }
}

/// Another writer was faster in a way that no constraint tells: the whole transaction is to be tried again, and then sees
/// what the other has written.
public struct LoadOvertaken: Error {
    /// Says so.
    public init() {}
}

/// Ends the transaction of a load that is not to be committed: a rehearsal, or a file that is refused.
struct RolledBack: Error {}
