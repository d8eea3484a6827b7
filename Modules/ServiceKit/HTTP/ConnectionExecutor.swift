import NIOCore

/// Runs the tasks of a connection on the connection's own event loop.
///
/// Without it each request changes threads at least twice, from the event loop to the pool of the concurrency runtime
/// and back, which costs more than answering it. What computes for long does not belong there: see
/// ``RouteResponder``. Source: SE-0417, "Task Executor Preference".
final class ConnectionExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
