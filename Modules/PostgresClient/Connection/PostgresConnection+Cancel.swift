import CLibPQ
import Dispatch

extension PostgresConnection {
    /// `PQcancel` blocks while it opens a connection of its own: these are its threads.
    private static let cancelQueue = DispatchQueue(label: "postgres.cancel", attributes: .concurrent)

    /// Asks the server to cancel the request, unless it is over.
    func cancel(exchange id: UInt64) {
        guard let exchange, exchange.id == id, !exchange.cancelRequested else {
            return
        }
        exchange.cancelRequested = true
        sendCancel(exchange: id, repeatingAfter: .milliseconds(10))
    }

    private func sendCancel(exchange id: UInt64, repeatingAfter delay: DispatchTimeInterval) {
        guard let exchange, exchange.id == id, !exchange.isDrained, let connection = wire.connection,
            let cancel = PQgetCancel(connection)
        else {
            return
        }
        exchange.isCancelling = true
        // A `PGcancel` is a copy of the address and key; only the block below uses it.
        nonisolated(unsafe) let handle = cancel
        let queue = executor.queue
        Self.cancelQueue.async {
            var message = [CChar](repeating: 0, count: 256)
            let succeeded = PQcancel(handle, &message, CInt(message.count)) == 1
            PQfreeCancel(handle)
            queue.async {
                self.assumeIsolated { $0.cancelReturned(exchange: id, succeeded: succeeded, repeatingAfter: delay) }
            }
        }
    }

    private func cancelReturned(exchange id: UInt64, succeeded: Bool, repeatingAfter delay: DispatchTimeInterval) {
        guard let exchange, exchange.id == id else {
            return
        }
        exchange.isCancelling = false
        if exchange.isDrained {
            pump()
        } else if succeeded {
            // A cancel that overtakes its statement is ignored by the server, which is still idle then.
            executor.queue.asyncAfter(deadline: .now() + delay) {
                self.assumeIsolated { $0.sendCancel(exchange: id, repeatingAfter: .milliseconds(200)) }
            }
        } else {
            // Nothing would end the statement: better lose the connection than wait for it without limit.
            breakConnection(PostgresError(.connectionLost, reason: "a cancel request could not be delivered"))
        }
    }
}
