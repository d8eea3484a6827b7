import DequeModule

extension PipelineConnection {
    /// Looks for the server's silence while requests are on their way; see
    /// ``PostgresConnection/watchForSilence(in:)``, which this is for pipelines.
    func watchForSilence() {
        guard silenceTimer == nil, let limit = longestSilence else {
            return
        }
        silenceTimer = reactor.after(limit) { [weak self] in self?.assumeIsolated { $0.lookForSilence() } }
    }

    /// For the request that the server works on.
    private var longestSilence: Duration? {
        guard let head = flights.first else {
            return nil
        }
        let timeout = head.read?.request.timeout ?? configuration.statementTimeout
        return timeout.map { $0 + configuration.silenceGrace }
    }

    private func lookForSilence() {
        silenceTimer = nil
        guard let limit = longestSilence else {
            return
        }
        let silence = ContinuousClock.now - max(lastSign, headSince)
        if silence >= limit {
            breakConnection(PostgresError(.connectionLost, reason: "no sign of the server for \(limit)"))
        } else {
            silenceTimer = reactor.after(limit - silence) { [weak self] in
                self?.assumeIsolated { $0.lookForSilence() }
            }
        }
    }
}
