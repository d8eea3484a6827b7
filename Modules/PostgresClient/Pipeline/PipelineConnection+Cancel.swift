import CLibPQ
import DequeModule

/// A cancel that is under way for a request of a pipeline.
struct PipelineCancel {
    let serial: UInt64
    /// True when `PQcancel` has returned.
    var hasReturned = false
}

/// When the task of a request on its way is cancelled, its result is thrown away. At the server it is cancelled only
/// when it is what the server works on, and still is some milliseconds later: a cancel costs the server a process. It
/// may come late and hit the request behind, which is then sent again. Until the cancel has returned and the request
/// is through, nothing new is sent here.
extension PipelineConnection {
    /// Takes note that nobody waits for the request, if it is on its way here.
    func abandon(_ request: ReadRequest) {
        guard let index = flights.firstIndex(where: { $0.read?.request === request }) else {
            return
        }
        flights[index].isAbandoned = true
        if index == 0 {
            considerCancel()
        }
    }

    /// Cancels the first request, unless it ends soon by itself.
    func considerCancel() {
        guard cancel == nil, let head = flights.first, head.isAbandoned else {
            return
        }
        reactor.after(Self.longestNormalRun) { [weak self] in
            self?.assumeIsolated { $0.cancelHead(head.serial) }
        }
    }

    private func cancelHead(_ serial: UInt64) {
        guard cancel == nil, flights.first?.serial == serial else {
            return
        }
        group?.setPaused(self, true)
        sendCancel(serial)
    }

    private func sendCancel(_ serial: UInt64) {
        guard let connection = wire.connection, let request = CancelRequest(connection) else {
            return
        }
        cancel = PipelineCancel(serial: serial)
        lastInDanger = lastSerial
        // `PQcancel` has no timeout; see PostgresConnection.
        reactor.after(configuration.cancelTimeout) { [weak self] in
            self?.assumeIsolated { $0.giveUpCancel(serial) }
        }
        request.send { succeeded in self.later { $0.cancelReturned(serial, succeeded) } }
    }

    private func giveUpCancel(_ serial: UInt64) {
        if cancel?.serial == serial, cancel?.hasReturned == false {
            breakConnection(PostgresError(.connectionLost, reason: "a cancel request was not answered"))
        }
    }

    private func cancelReturned(_ serial: UInt64, _ succeeded: Bool) {
        guard !isBroken, cancel?.serial == serial else {
            return
        }
        guard succeeded else {
            return breakConnection(PostgresError(.connectionLost, reason: "a cancel request could not be delivered"))
        }
        cancel?.hasReturned = true
        endCancelIfThrough()
        if cancel != nil {
            // The server was not at it yet, or cannot be interrupted at this point.
            reactor.after(.milliseconds(200)) { [weak self] in
                self?.assumeIsolated { $0.repeatCancel(serial) }
            }
        }
    }

    private func repeatCancel(_ serial: UInt64) {
        if cancel?.serial == serial, cancel?.hasReturned == true {
            sendCancel(serial)
        }
    }

    func endCancelIfThrough() {
        guard let cancel, cancel.hasReturned, flights.first.map({ $0.serial > cancel.serial }) ?? true else {
            return
        }
        self.cancel = nil
        group?.setPaused(self, false)
        considerCancel()
        later { $0.takeWork() }
    }
}
