import Logging
import Storage
import Synchronization

/// Where work that is done in the background says how far it has come.
///
/// Each report is a write, so there is one a second at most, and one whenever something else is being done.
final class ProgressMeter: Sendable {
    private struct Last {
        var note: String?
        var at: ContinuousClock.Instant
    }

    private let job: JobContext
    private let last = Mutex<Last?>(nil)

    init(_ job: JobContext) { self.job = job }

    func report(done: Int, of total: Int, _ note: String?) async throws {
        let now = ContinuousClock.now
        let isDue = last.withLock { last in
            if let known = last, known.note == note, now - known.at < .seconds(1) { return false }
            last = Last(note: note, at: now)
            return true
        }
        guard isDue else { return }
        do {
            try await job.report(done: Int64(done), of: Int64(total), note)
        } catch let error as JobError {
            throw error
        } catch {
            // The work is worth more than what is told of it.
            job.logger.warning("progress could not be recorded", metadata: ["error": "\(error)"])
        }
        try Task.checkCancellation()
    }
}

extension Activity {
    /// Says how far the work has come, where it is done in the background; a request that is waited for says nothing.
    ///
    /// It is a place at which the work may end because its sender no longer wants it.
    ///
    /// - Parameters:
    ///   - done: How much is done, in the unit of the work.
    ///   - total: How much there is to do.
    ///   - note: What is being done.
    /// - Throws: `CancellationError`; ``JobError`` when another worker has the work: let both pass.
    public func report(done: Int, of total: Int, _ note: String? = nil) async throws {
        try await meter?.report(done: done, of: total, note)
    }
}
