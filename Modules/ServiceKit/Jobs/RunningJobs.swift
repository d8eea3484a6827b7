import Storage
import Synchronization

/// What is worked on together under one lease each: a job, or a batch of them.
struct JobPiece: Sendable {
    let handler: JobHandler
    let leases: [JobLease]
    /// Set when the jobs are not to be worked on, but to be ended.
    let verdict: AbandonedJob.Reason?
}

/// What this process works on, for whoever renews leases and passes signals on.
final class RunningJobs: Sendable {
    /// What a running piece is told.
    enum Signal: Sendable {
        /// A lease is gone: somebody else has the job.
        case lost
        /// Somebody wants the job to end.
        case cancelled
        /// The service is going down, and the job took too long.
        case drained
    }

    private struct Entry {
        let piece: JobPiece
        var heldSince: ContinuousClock.Instant
        let signals: AsyncStream<Signal>.Continuation
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var counts: [String: Int] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// How many pieces of a kind run.
    func count(_ kind: String) -> Int { state.withLock { $0.counts[kind] ?? 0 } }

    /// Notes a piece; `since` is an instant before its lease was granted.
    func begin(_ piece: JobPiece, since: ContinuousClock.Instant) -> (token: Int, signals: AsyncStream<Signal>) {
        let (stream, continuation) = AsyncStream.makeStream(of: Signal.self)
        let token = state.withLock { state in
            state.next += 1
            state.entries[state.next] = Entry(piece: piece, heldSince: since, signals: continuation)
            state.counts[piece.handler.kind, default: 0] += 1
            return state.next
        }
        return (token, stream)
    }

    /// Forgets a piece that has ended.
    func end(_ token: Int) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: token) else { return }
            state.counts[entry.piece.handler.kind, default: 0] -= 1
            entry.signals.finish()
        }
    }

    /// Every job that is held, with the length of its lease where it is time to renew it.
    func held(at now: ContinuousClock.Instant) -> (jobs: [JobLease], renewals: [Duration?]) {
        state.withLock { state in
            var (jobs, renewals): ([JobLease], [Duration?]) = ([], [])
            for entry in state.entries.values {
                let lease = entry.piece.handler.lease
                let isDue = now - entry.heldSince >= lease / 3
                jobs += entry.piece.leases
                renewals += entry.piece.leases.map { _ in isDue ? lease : nil }
            }
            return (jobs, renewals)
        }
    }

    /// Passes on what the queue said about the jobs that were asked about at `instant`; jobs begun since are not in it.
    func settle(_ answer: [Int64: Bool], asked jobs: [JobLease], at instant: ContinuousClock.Instant) {
        let asked = Set(jobs)
        state.withLock { state in
            for (token, entry) in state.entries where entry.piece.leases.allSatisfy(asked.contains) {
                let known = entry.piece.leases.map { answer[$0.id] }
                if known.contains(where: { $0 == nil }) {
                    entry.signals.yield(.lost)
                    continue
                }
                // A batch is short; its jobs are cancelled when they come back one by one.
                if known.count == 1, known[0] == true, entry.piece.verdict == nil { entry.signals.yield(.cancelled) }
                if instant - entry.heldSince >= entry.piece.handler.lease / 3 {
                    state.entries[token]?.heldSince = instant
                }
            }
        }
    }

    /// Tells those whose lease has run out by this machine's monotonic clock: nobody could renew it.
    func giveUpUnrenewed(at now: ContinuousClock.Instant) {
        state.withLock { state in
            for entry in state.entries.values where now - entry.heldSince >= entry.piece.handler.lease {
                entry.signals.yield(.lost)
            }
        }
    }

    /// Tells all that the service is going down.
    func drain() {
        state.withLock { state in
            for entry in state.entries.values { entry.signals.yield(.drained) }
        }
    }
}
