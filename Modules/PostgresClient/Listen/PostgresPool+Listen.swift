extension PostgresPool {
    /// Listens on channels, over a connection that is nobody else's and does not count among the pool's.
    ///
    /// ```swift
    /// try await pool.listen("jobs") { events in
    ///     for try await event in events {
    ///         // Either event is a reason to look; only the table says what there is to do.
    ///         try await takeJobs()
    ///     }
    /// }
    /// ```
    ///
    /// The first event is ``PostgresListenEvent/mayHaveMissed``, and so is the first after a loss: the connection is
    /// made again, however long that takes, with pauses that grow to 2 s. Notifications are no queue: what is sent
    /// while nobody listens is gone. A notification can be lost without a trace in a dead network for up to 45 s.
    ///
    /// - Parameters:
    ///   - channels: Their names, spelled exactly so (`LISTEN "…"`).
    ///   - body: Reads the events; when it ends, listening ends.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError`` when the first connection cannot be made, `cancelled`, or
    ///   `pool-shut-down`.
    @discardableResult
    public func listen<R>(
        _ channels: String...,
        body: (PostgresNotifications) async throws -> R
    ) async throws -> R {
        let listener = Listener(channels: channels, configuration: configuration, logger: logger)
        try await listeners.add(listener)
        do {
            let result = try await body(PostgresNotifications(listener: listener))
            await listeners.remove(listener)
            return result
        } catch {
            await listeners.remove(listener)
            throw error
        }
    }
}
