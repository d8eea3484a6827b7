extension PostgresConnection {
    /// Begins to look for the server's silence; the caller is about to wait.
    ///
    /// The statement timeout is the server's to enforce. When nothing at all comes from it for longer, the network or
    /// the server is dead, and the connection is given up. One timer serves all statements: it is set when it is
    /// not, and looks at what is going on when it fires.
    func watchForSilence(in exchange: Exchange) {
        guard let limit = longestSilence else {
            return
        }
        exchange.lastSign = .now
        if silenceTimer == nil {
            setSilenceTimer(limit)
        }
    }

    /// Nil without a statement timeout, or when a command has changed the session's settings, so that it is not known.
    private var longestSilence: Duration? {
        guard !needsReset, let timeout = transactionTimeout ?? configuration.statementTimeout else {
            return nil
        }
        return timeout + configuration.silenceGrace
    }

    private func setSilenceTimer(_ delay: Duration) {
        silenceTimer = reactor.after(delay) { [weak self] in self?.assumeIsolated { $0.lookForSilence() } }
    }

    private func lookForSilence() {
        silenceTimer = nil
        guard let exchange, exchange.waiter != nil, let limit = longestSilence else {
            return
        }
        let rest = limit - (.now - exchange.lastSign)
        if rest > .zero {
            setSilenceTimer(rest)
        } else {
            breakConnection(PostgresError(.connectionLost, reason: "no sign of the server for \(limit)"))
        }
    }
}
