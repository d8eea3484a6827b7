/// One question about the health of a service.
public struct HealthCheck: Sendable {
    /// A short name: `database`.
    public let name: String
    /// What is the matter, in English; `nil` when all is well.
    public let run: @Sendable () async -> String?

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - name: A short name.
    ///   - run: Says what is the matter, without secrets, or `nil`; it has two seconds.
    public init(_ name: String, run: @escaping @Sendable () async -> String?) {
        self.name = name
        self.run = run
    }

    /// The answer, or a sentence about its absence after `limit`.
    func result(within limit: Duration) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            let run = run
            group.addTask { await run() }
            group.addTask {
                guard (try? await Task.sleep(for: limit)) != nil else { return nil }
                return "no answer within \(limit)"
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
