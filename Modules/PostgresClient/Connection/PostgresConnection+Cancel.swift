import CLibPQ

extension PostgresConnection {
    /// Asks the server to cancel the request, unless it is over.
    func cancel(exchange id: UInt64) {
        guard let exchange, exchange.id == id, !exchange.cancelRequested else {
            return
        }
        exchange.cancelRequested = true
        sendCancel(exchange: id, repeatingAfter: .milliseconds(10))
    }

    private func sendCancel(exchange id: UInt64, repeatingAfter delay: Duration) {
        guard let exchange, exchange.id == id, !exchange.isDrained, let connection = wire.connection,
            let cancel = CancelRequest(connection)
        else {
            return
        }
        exchange.isCancelling = true
        exchange.cancelCount += 1
        let number = exchange.cancelCount
        // `PQcancel` has no timeout: a dead network would keep it, and the task, for as long as TCP likes.
        reactor.after(configuration.cancelTimeout) { [weak self] in
            self?.assumeIsolated { $0.giveUpCancel(exchange: id, number) }
        }
        let reactor = reactor
        cancel.send { succeeded in
            reactor.submit {
                self.assumeIsolated { $0.cancelReturned(exchange: id, succeeded: succeeded, repeatingAfter: delay) }
            }
        }
    }

    private func giveUpCancel(exchange id: UInt64, _ number: Int) {
        if let exchange, exchange.id == id, exchange.isCancelling, exchange.cancelCount == number {
            breakConnection(PostgresError(.connectionLost, reason: "a cancel request was not answered"))
        }
    }

    private func cancelReturned(exchange id: UInt64, succeeded: Bool, repeatingAfter delay: Duration) {
        guard let exchange, exchange.id == id else {
            return
        }
        exchange.isCancelling = false
        if exchange.isDrained {
            pump()
        } else if succeeded {
            // A cancel that overtakes its statement is ignored by the server, which is still idle then.
            reactor.after(delay) {
                self.assumeIsolated { $0.sendCancel(exchange: id, repeatingAfter: .milliseconds(200)) }
            }
        } else {
            // Nothing would end the statement: better lose the connection than wait for it without limit.
            breakConnection(PostgresError(.connectionLost, reason: "a cancel request could not be delivered"))
        }
    }
}

/// The address and key by which a server's process can be told to cancel what it runs.
struct CancelRequest: ~Copyable {
    private let handle: OpaquePointer

    /// - Returns: Nil when the connection is gone.
    init?(_ connection: OpaquePointer) {
        guard let handle = PQgetCancel(connection) else {
            return nil
        }
        self.handle = handle
    }

    /// Sends it, on a thread of its own: `PQcancel` blocks while it opens a connection and the server closes it.
    ///
    /// - Parameter whenDone: Told on that thread whether the server took the request; its effect comes when it wants.
    consuming func send(_ whenDone: @escaping @Sendable (Bool) -> Void) {
        // A `PGcancel` is a copy of the address and key; from here on only the call below uses it.
        let handle = LibPQHandle(pointer: handle)
        BlockingThreads.cancelling.run {
            var message = [CChar](repeating: 0, count: 256)
            let succeeded = PQcancel(handle.pointer, &message, CInt(message.count)) == 1
            PQfreeCancel(handle.pointer)
            whenDone(succeeded)
        }
    }
}
