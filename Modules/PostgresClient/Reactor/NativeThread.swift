import CLinuxEvents
import Glibc

/// A detached thread with a name.
enum NativeThread {
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// A number of the calling thread, never 0.
    static var current: UInt { UInt(pthread_self()) }

    /// Lets the calling thread wait its turn when there is work for it and every processor is busy.
    ///
    /// Otherwise it interrupts those who give it work, and gets it piece by piece. A processor that is free it takes at
    /// once, as before. Where the system refuses, work comes in smaller pieces and nothing else changes. Source: sched(7),
    /// "SCHED_BATCH".
    static func preemptNobody() {
        var parameters = sched_param()
        _ = sched_setscheduler(0, SCHED_BATCH, &parameters)
    }

    /// Starts a thread, which takes no signals: they are for the program's own threads.
    ///
    /// - Parameters:
    ///   - name: At most 15 bytes, as `top -H` shows it.
    ///   - body: The thread ends with it.
    /// - Returns: False when the system has no thread left.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var all = sigset_t()
        var former = sigset_t()
        sigfillset(&all)
        // The mask is inherited, so that no signal comes between the thread's start and its first call.
        pthread_sigmask(SIG_SETMASK, &all, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        var thread = pthread_t()
        let outcome = pthread_create(
            &thread,
            nil,
            { context in
                let start = Unmanaged<Start>.fromOpaque(context!).takeRetainedValue()
                pthread_setname_np(pthread_self(), start.name)
                start.body()
                return nil
            },
            start.toOpaque()
        )
        guard outcome == 0 else {
            start.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
