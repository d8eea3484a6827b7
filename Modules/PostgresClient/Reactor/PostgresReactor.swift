import CLinuxEvents
import Glibc
import Synchronization

/// A thread that waits for the sockets of many connections, and runs their actors.
///
/// All that happens to a connection happens here: its actor's jobs, its socket's events, its timers. So none of them
/// needs a lock or a hop to reach another, and one system call waits for all. What may block is done elsewhere: see
/// ``BlockingThreads``.
///
/// Reactors live as long as the process.
final class PostgresReactor: SerialExecutor {
    private enum Work: Sendable {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    private struct Inbox: Sendable {
        var work: [Work] = []
        /// True while the thread waits without having looked at the inbox since.
        var isAsleep = false
    }

    private let inbox = Mutex(Inbox())
    private let poller = Mutex<Poller?>(nil)
    private let watches = Mutex<[UInt64: @Sendable (Readiness) -> Void]>([:])
    private let timers = Mutex(TimerQueue())
    private let lastWatch = Atomic<UInt64>(Poller.wakeToken)
    private let thread = Atomic<UInt>(0)

    private static let all: [PostgresReactor] = {
        // One serves some 100,000 queries a second; more are for machines that have cores to spare.
        let count = min(4, max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))) / 8))
        return (0..<count).map { PostgresReactor(name: "postgres-io-\($0)") }
    }()
    private static let lastTaken = Atomic(0)

    /// A reactor for a new connection or pool, each in turn.
    static func next() -> PostgresReactor {
        all[Int(UInt(bitPattern: lastTaken.wrappingAdd(1, ordering: .relaxed).newValue) % UInt(all.count))]
    }

    private init(name: String) {
        let isStarted = NativeThread.start(name) { self.run() }
        precondition(isStarted, "no thread is left for \(name)")
    }

    // MARK: Work from anywhere

    func enqueue(_ job: consuming ExecutorJob) {
        put(.job(UnownedJob(job)))
    }

    /// Runs the call on the thread, after what was submitted before.
    func submit(_ call: @escaping @Sendable () -> Void) {
        put(.call(call))
    }

    private func put(_ work: Work) {
        let mustWake = inbox.withLock { inbox in
            inbox.work.append(work)
            defer { inbox.isAsleep = false }
            return inbox.isAsleep
        }
        if mustWake {
            wake()
        }
    }

    private func wake() {
        poller.withLock { $0 }?.wake()
    }

    /// True on the thread.
    var isCurrent: Bool { thread.load(ordering: .relaxed) == NativeThread.current }

    func checkIsolated() {
        precondition(isCurrent, "not on the reactor's thread")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    // MARK: Descriptors

    /// Watches a descriptor, level-triggered: the handler is called on the thread again and again as long as it is
    /// ready.
    ///
    /// - Returns: The number of the watch; nil when the kernel has no room.
    func watch(
        _ descriptor: CInt,
        for readiness: Readiness,
        _ handler: @escaping @Sendable (Readiness) -> Void
    ) -> UInt64? {
        let id = lastWatch.wrappingAdd(1, ordering: .relaxed).newValue
        watches.withLock { $0[id] = handler }
        guard let poller = poller.withLock({ $0 }), poller.add(descriptor, for: readiness, token: id) else {
            watches.withLock { $0[id] = nil }
            return nil
        }
        return id
    }

    /// Waits for something else from now on. An empty set is no way to pause: hang-ups are reported all the same.
    func change(_ watch: UInt64, _ descriptor: CInt, to readiness: Readiness) {
        _ = poller.withLock { $0 }?.change(descriptor, to: readiness, token: watch)
    }

    /// Ends a watch; its handler is not called any more, when this is called on the thread.
    ///
    /// - Parameters:
    ///   - watch: The number that ``watch(_:for:_:)`` returned.
    ///   - descriptor: Nil when it is closed already: then the kernel has forgotten it.
    func unwatch(_ watch: UInt64, _ descriptor: CInt?) {
        watches.withLock { $0[watch] = nil }
        if let descriptor {
            poller.withLock { $0 }?.remove(descriptor)
        }
    }

    // MARK: Timers

    /// Calls the action on the thread when the time has passed; late by a millisecond or what the thread is busy with.
    ///
    /// - Returns: The number to cancel it by.
    @discardableResult
    func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        let id = timers.withLock { $0.add(due: .now + delay, action) }
        if !isCurrent {
            // It may be due before what the thread waits for.
            put(.call {})
        }
        return id
    }

    /// The action is not called any more, when this is called on the thread.
    func cancel(timer: UInt64) {
        timers.withLock { $0.cancel(timer) }
    }

    // MARK: The thread

    /// Rounds of work that may go by before the sockets are looked at again.
    private static let roundsBetweenPolls = 16

    private func run() {
        thread.store(NativeThread.current, ordering: .relaxed)
        // What has gathered meanwhile shares a transaction and a system call.
        NativeThread.preemptNobody()
        let poller = openPoller()
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var work: [Work] = []
        while true {
            let isIdle = inbox.withLock { inbox in
                inbox.isAsleep = inbox.work.isEmpty
                return inbox.isAsleep
            }
            let count = poller.wait(&events, timeout: isIdle ? millisecondsToNextTimer() : 0)
            inbox.withLock { $0.isAsleep = false }
            for index in 0..<count where events[index].data.u64 != Poller.wakeToken {
                let event = events[index]
                // An earlier event of the same round may have ended this watch.
                watches.withLock { $0[event.data.u64] }?(Readiness(events: event.events))
            }
            fireTimers()
            var rounds = 0
            while rounds < Self.roundsBetweenPolls, take(&work) {
                for item in work {
                    perform(item)
                }
                rounds += 1
            }
        }
    }

    /// Waits until the process has descriptors: nothing can be watched before, and connecting times out.
    private func openPoller() -> Poller {
        while true {
            if let poller = Poller() {
                self.poller.withLock { $0 = poller }
                return poller
            }
            usleep(100_000)
        }
    }

    /// Exchanges the empty list for the full one, so that neither is allocated again.
    private func take(_ work: inout [Work]) -> Bool {
        work.removeAll(keepingCapacity: true)
        return inbox.withLock { inbox in
            swap(&inbox.work, &work)
            return !work.isEmpty
        }
    }

    private func perform(_ work: Work) {
        switch work {
        case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        case .call(let call): call()
        }
    }

    private func millisecondsToNextTimer() -> CInt {
        guard let due = timers.withLock({ $0.nextDue }) else {
            return -1
        }
        // Rounded up: a wait that ends too early would be repeated at once.
        let milliseconds = ((due - .now).seconds * 1000).rounded(.up)
        return CInt(max(0, min(milliseconds, 3_600_000)))
    }

    private func fireTimers() {
        guard let due = timers.withLock({ $0.nextDue }), due <= .now else {
            return
        }
        for action in timers.withLock({ $0.takeDue(at: .now) }) {
            action()
        }
    }
}
