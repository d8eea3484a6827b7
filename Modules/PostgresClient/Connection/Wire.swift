import CLibPQ

/// A libpq connection and the watch on its socket. Lives inside an actor of the reactor.
///
/// libpq closes its descriptor by itself when a connection breaks, and the number may soon be another file's. So the
/// descriptor is asked for at each use: `PQsocket` is -1 then, and the kernel has forgotten the watch already.
final class Wire {
    private let reactor: PostgresReactor
    private(set) var connection: OpaquePointer?
    private var onReady: (@Sendable (Readiness) -> Void)?
    private var watch: UInt64?
    /// What is waited for, and what the reactor knows of it.
    private var wanted: Readiness = .readable
    private var known: Readiness = []

    init(reactor: PostgresReactor) {
        self.reactor = reactor
    }

    /// Takes an open connection and begins to watch its socket; reading is on, writing is off.
    ///
    /// - Returns: False when the system can watch no more.
    func adopt(_ connection: OpaquePointer, onReady: @escaping @Sendable (Readiness) -> Void) -> Bool {
        self.connection = connection
        self.onReady = onReady
        return update()
    }

    /// Lets data arrive, or leaves them in the kernel so that the server waits for us.
    ///
    /// - Returns: False when the system can watch no more.
    @discardableResult
    func setReading(_ on: Bool) -> Bool {
        want(on ? wanted.union(.readable) : wanted.subtracting(.readable))
    }

    /// Asks for a call when the socket can take more, or stops asking.
    ///
    /// - Returns: False when the system can watch no more.
    func setWriting(_ on: Bool) -> Bool {
        want(on ? wanted.union(.writable) : wanted.subtracting(.writable))
    }

    private func want(_ readiness: Readiness) -> Bool {
        wanted = readiness
        return wanted == known || update()
    }

    private func update() -> Bool {
        guard let connection, let onReady, PQsocket(connection) >= 0 else {
            return true
        }
        if let watch {
            // Waiting for nothing is no watch at all: a hang-up would be reported for ever.
            if wanted.isEmpty {
                reactor.unwatch(watch, PQsocket(connection))
                self.watch = nil
            } else {
                reactor.change(watch, PQsocket(connection), to: wanted)
            }
        } else {
            watch = reactor.watch(PQsocket(connection), for: wanted, onReady)
            guard watch != nil else {
                return false
            }
        }
        known = wanted
        return true
    }

    /// Ends the watch, then the connection. Idempotent.
    func close() {
        if let watch {
            let descriptor = PQsocket(connection)
            reactor.unwatch(watch, descriptor >= 0 ? descriptor : nil)
        }
        watch = nil
        onReady = nil
        if let connection {
            PQfinish(connection)
        }
        connection = nil
    }
}
