import Dispatch

/// Runs an actor on a serial dispatch queue of its own.
///
/// libpq may block for a moment (name resolution, TLS), which Swift's shared threads must not; and the socket's event
/// handlers run on the same queue, so that they are inside the actor without a hop. (`DispatchSerialQueue`, which is
/// such an executor, does not exist on Linux.)
final class QueueExecutor: SerialExecutor {
    let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
