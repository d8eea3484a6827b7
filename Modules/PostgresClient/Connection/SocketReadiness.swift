import Dispatch
import Synchronization

/// How a wait for a socket ended.
enum SocketReadiness: Sendable {
    case ready
    case timedOut
    case cancelled

    /// Waits once for a descriptor, with sources that are gone when the wait is over.
    ///
    /// - Parameters:
    ///   - descriptor: Stays open during the wait.
    ///   - writing: False waits until it can be read.
    ///   - deadline: When to give up.
    ///   - queue: The caller's own queue.
    /// - Returns: How the wait ended.
    static func wait(
        for descriptor: CInt,
        writing: Bool,
        until deadline: DispatchTime,
        on queue: DispatchQueue
    ) async -> SocketReadiness {
        let outcome = Mutex(SocketReadiness.ready)
        let source: any DispatchSourceProtocol =
            writing
            ? DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
            : DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        let stop = CancellableSource(source)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let timer = DispatchSource.makeTimerSource(queue: queue)
                timer.setEventHandler {
                    outcome.withLock { $0 = .timedOut }
                    stop.cancel()
                }
                timer.schedule(deadline: deadline)
                source.setEventHandler { stop.cancel() }
                source.setCancelHandler {
                    timer.cancel()
                    continuation.resume(returning: outcome.withLock { $0 })
                }
                timer.activate()
                source.activate()
            }
        } onCancel: {
            queue.async {
                outcome.withLock { $0 = .cancelled }
                stop.cancel()
            }
        }
    }
}

/// Cancels a dispatch source from another context.
///
/// Unchecked: libdispatch's own locking makes `cancel` safe from any thread; nothing else is called.
private struct CancellableSource: @unchecked Sendable {
    private let source: any DispatchSourceProtocol

    init(_ source: any DispatchSourceProtocol) {
        self.source = source
    }

    func cancel() {
        source.cancel()
    }
}
