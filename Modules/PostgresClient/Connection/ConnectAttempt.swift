import CLibPQ

/// An object of libpq on its way from one thread to another.
///
/// Unchecked: libpq allows any thread, one at a time; it is handed over once and not touched by its giver afterwards.
struct LibPQHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// The making of one connection, up to its end, the timeout or a cancel.
///
/// Waiting is the reactor's; the steps between the waits are on threads of their own, since libpq resolves names,
/// reads files, agrees on keys and hashes passwords in them. A step cannot be interrupted: when the time is up during
/// one, the caller is told at once and the step's end finds nobody.
actor ConnectAttempt {
    private let configuration: PostgresConfiguration
    private let isReadOnly: Bool
    private let reactor: PostgresReactor
    private let notices: NoticeRelay
    private var handle: OpaquePointer?
    private var isStepping = false
    private var watch: UInt64?
    private var timer: UInt64?
    private var whenDone: (@Sendable (Result<LibPQHandle, PostgresError>) -> Void)?

    init(configuration: PostgresConfiguration, isReadOnly: Bool = false, reactor: PostgresReactor, notices: NoticeRelay)
    {
        self.configuration = configuration
        self.isReadOnly = isReadOnly
        self.reactor = reactor
        self.notices = notices
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    /// Connects; to be called once.
    ///
    /// - Returns: An open, non-blocking connection, which the caller owns.
    /// - Throws: ``PostgresError``: `connection-failed`, `timeout`, `cancelled`.
    func run() async throws -> LibPQHandle {
        try await withTaskCancellationHandler {
            try await self.begin()
        } onCancel: {
            reactor.submit {
                self.assumeIsolated { $0.fail(PostgresError(.cancelled, reason: "while connecting")) }
            }
        }
    }

    private func begin() async throws -> LibPQHandle {
        guard !Task.isCancelled else {
            throw PostgresError(.cancelled, reason: "before connecting")
        }
        return try await withCheckedThrowingContinuation { continuation in
            reactor.checkIsolated()
            start { continuation.resume(with: $0) }
        }
    }

    /// As ``run()``, for callers that are no task; to be called on the reactor. The outcome is told there.
    func start(_ whenDone: @escaping @Sendable (Result<LibPQHandle, PostgresError>) -> Void) {
        self.whenDone = whenDone
        timer = reactor.after(configuration.connectTimeout) {
            self.assumeIsolated {
                $0.fail(PostgresError(.timeout, reason: "no connection within the connect timeout"))
            }
        }
        let parameters = configuration.connectionParameters(isReadOnly: isReadOnly)
        step { _ in
            let handle = Self.withCStrings(parameters.map(\.keyword)) { keywords in
                Self.withCStrings(parameters.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
            }
            guard let handle else {
                return (nil, PGRES_POLLING_FAILED)
            }
            let isBad = PQstatus(handle) == CONNECTION_BAD
            return (LibPQHandle(pointer: handle), isBad ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING)
        }
    }

    private typealias Step = (handle: LibPQHandle?, status: PostgresPollingStatusType)

    /// Runs a step elsewhere and comes back with its outcome.
    private func step(_ body: @escaping @Sendable (LibPQHandle?) -> Step) {
        isStepping = true
        let handle = handle.map(LibPQHandle.init)
        BlockingThreads.connecting.run {
            let outcome = body(handle)
            self.reactor.submit { self.assumeIsolated { $0.stepped(outcome) } }
        }
    }

    private func stepped(_ outcome: Step) {
        isStepping = false
        if handle == nil, let new = outcome.handle?.pointer {
            handle = new
            notices.attach(to: new)
        }
        guard whenDone != nil else {
            return finish()
        }
        switch outcome.status {
        case PGRES_POLLING_OK:
            succeed()
        case PGRES_POLLING_READING:
            wait(for: .readable)
        case PGRES_POLLING_WRITING:
            wait(for: .writable)
        default:
            let reason = handle == nil ? "out of memory" : nil
            fail(PostgresError(.connectionFailed, connection: handle, reason: reason))
        }
    }

    /// The socket may be another one after every step, so each wait has a watch of its own.
    private func wait(for readiness: Readiness) {
        watch = reactor.watch(PQsocket(handle), for: readiness) { _ in self.assumeIsolated { $0.proceed() } }
        if watch == nil {
            fail(PostgresError(.connectionFailed, reason: "the system cannot watch another socket"))
        }
    }

    private func proceed() {
        endWatch()
        step { handle in (handle, handle.map { PQconnectPoll($0.pointer) } ?? PGRES_POLLING_FAILED) }
    }

    private func succeed() {
        guard let pointer = handle else {
            return
        }
        PQsetnonblocking(pointer, 1)
        handle = nil
        endTimer()
        whenDone?(.success(LibPQHandle(pointer: pointer)))
        whenDone = nil
    }

    private func fail(_ error: PostgresError) {
        guard let whenDone else {
            return
        }
        self.whenDone = nil
        endTimer()
        endWatch()
        if !isStepping {
            finish()
        }
        whenDone(.failure(error))
    }

    private func finish() {
        if let handle {
            PQfinish(handle)
        }
        handle = nil
    }

    private func endWatch() {
        if let watch {
            reactor.unwatch(watch, PQsocket(handle))
        }
        watch = nil
    }

    private func endTimer() {
        if let timer {
            reactor.cancel(timer: timer)
        }
        timer = nil
    }

    /// Calls the body with a NULL-terminated array of C strings.
    private static func withCStrings<R>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
        let bytes = strings.map { Array($0.utf8CString) }
        let flat = bytes.flatMap { $0 }
        return flat.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for string in bytes {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += string.count
            }
            return body(pointers + [nil])
        }
    }
}
