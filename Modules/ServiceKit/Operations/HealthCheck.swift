/// One question about the health of a service.
public struct HealthCheck: Sendable {
    /// A short name: `database`.
    public let name: String
    /// Looks, and says what is the matter and what was measured.
    public let run: @Sendable () async -> HealthReport

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - name: A short name.
    ///   - run: Looks; it has two seconds.
    public init(_ name: String, run: @escaping @Sendable () async -> HealthReport) {
        self.name = name
        self.run = run
    }

    /// The report, or a sentence about its absence after `limit`.
    func result(within limit: Duration) async -> HealthReport {
        await withTaskGroup(of: HealthReport?.self) { group in
            let run = run
            group.addTask { await run() }
            group.addTask {
                guard (try? await Task.sleep(for: limit)) != nil else { return nil }
                return HealthReport(trouble: "no answer within \(limit)")
            }
            defer { group.cancelAll() }
            return await group.next().flatMap { $0 } ?? HealthReport(trouble: "cancelled")
        }
    }
}
