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
    ///   - run: Looks; it has ``limit``.
    public init(_ name: String, run: @escaping @Sendable () async -> HealthReport) {
        self.name = name
        self.run = run
    }

    /// How long a check may take, so that whoever asks hears of it before giving up: probes wait for seconds at most.
    static let limit = Duration.milliseconds(1_500)

    /// The report, or a sentence about its absence after ``limit``.
    func result() async -> HealthReport {
        let (reports, reporting) = AsyncStream.makeStream(of: HealthReport.self)
        // No child of this task: to end a statement takes long where the network swallows everything, and nobody waits
        // for that here.
        let looking = Task { [run] in
            reporting.yield(await run())
            reporting.finish()
        }
        defer { looking.cancel() }
        return await withTaskGroup(of: HealthReport?.self) { group in
            group.addTask { await reports.first { _ in true } }
            group.addTask {
                guard (try? await Task.sleep(for: Self.limit)) != nil else { return nil }
                return HealthReport(trouble: "no answer within \(Self.limit)")
            }
            defer { group.cancelAll() }
            return await group.next().flatMap { $0 } ?? HealthReport(trouble: "cancelled")
        }
    }
}
