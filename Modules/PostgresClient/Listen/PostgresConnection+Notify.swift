import CLibPQ
import DequeModule

extension PostgresConnection {
    /// The notifications of a listening connection that nobody has fetched yet.
    struct Inbox {
        /// The most that are kept.
        static let limit = 10_000

        var notifications: Deque<PostgresNotification> = []
        /// True when there were more.
        var hasOverflowed = false
        var waiter: CheckedContinuation<Void, Never>?
        var lastWait: UInt64 = 0

        var isEmpty: Bool { notifications.isEmpty && !hasOverflowed }

        mutating func wake() {
            waiter?.resume()
            waiter = nil
        }
    }

    /// Begins to listen; the connection is of no other use afterwards.
    func listen(_ channels: [String]) async throws {
        inbox = Inbox()
        for channel in channels {
            let name = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            try await execute(script: "LISTEN \"\(name)\"")
        }
        // It never goes back to a pool, and its timeouts are as they were.
        needsReset = false
    }

    /// Takes from libpq what has come; connections that do not listen throw it away.
    func collectNotifications() {
        while let connection = wire.connection, let notification = PQnotifies(connection) {
            inbox?.take(notification.pointee)
            PQfreemem(notification)
        }
        if inbox?.isEmpty == false {
            inbox?.wake()
        }
    }

    /// The events that have come, or come within the time; none when it has passed.
    ///
    /// - Throws: ``PostgresError``: `connection-lost`, `cancelled`.
    func nextEvents(within longest: Duration) async throws -> [PostgresListenEvent] {
        if inbox?.isEmpty ?? true, breakage == nil {
            inbox?.lastWait += 1
            let wait = inbox?.lastWait
            let timer = reactor.after(longest) { [weak self] in self?.assumeIsolated { $0.endWait(wait) } }
            await withTaskCancellationHandler {
                await self.waitForNotification()
            } onCancel: {
                reactor.submit { self.assumeIsolated { $0.endWait(wait) } }
            }
            reactor.cancel(timer: timer)
        }
        if let breakage {
            throw breakage
        }
        guard !Task.isCancelled else {
            throw PostgresError(.cancelled, reason: "while listening")
        }
        defer {
            inbox?.notifications.removeAll()
            inbox?.hasOverflowed = false
        }
        let missed: [PostgresListenEvent] = inbox?.hasOverflowed == true ? [.mayHaveMissed] : []
        return missed + (inbox?.notifications.map { .notification($0) } ?? [])
    }

    private func waitForNotification() async {
        await withCheckedContinuation { continuation in
            reactor.checkIsolated()
            if Task.isCancelled || inbox == nil {
                continuation.resume()
            } else {
                inbox?.waiter = continuation
            }
        }
    }

    private func endWait(_ id: UInt64?) {
        if inbox?.lastWait == id {
            inbox?.wake()
        }
    }
}

extension PostgresConnection.Inbox {
    fileprivate mutating func take(_ notification: PGnotify) {
        guard notifications.count < Self.limit else {
            hasOverflowed = true
            return
        }
        notifications.append(
            PostgresNotification(
                channel: String(cString: notification.relname),
                payload: notification.extra.map { String(cString: $0) } ?? "",
                process: notification.be_pid
            )
        )
    }
}
