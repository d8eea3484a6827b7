import DequeModule

/// The bookkeeping of a pool's pipelines: pure decisions, no I/O. Guarded by the group's lock.
struct PipelineState {
    /// What is to be done now.
    struct Orders {
        /// This one has work to take.
        var wake: PipelineConnection?
        /// Another pipeline is to be opened, by ``PipelineState/add(_:)``.
        var mustOpen = false
    }

    private struct Line {
        let pipeline: PipelineConnection
        var isOpen = false
        var isPaused = false
        var isStuck = false
        /// True from the order to take work until it does.
        var isWoken = false
        var inFlight = 0

        /// The smaller, the better for new work.
        var burden: (Int, Int) { (isStuck ? 1 : 0, inFlight) }
    }

    let maximum: Int
    let depth: Int
    var waiting: Deque<WaitingRead> = []
    var isTimerSet = false
    var backoff = ConnectBackoff()
    private var lines: [Line] = []
    /// Pipelines that were ordered and have not been added yet.
    private var ordered = 0
    private(set) var isShutDown = false

    init(maximum: Int, depth: Int) {
        self.maximum = maximum
        self.depth = depth
    }

    var pipelines: [PipelineConnection] { lines.map(\.pipeline) }
    var inFlight: Int { lines.reduce(0) { $0 + $1.inFlight } }

    var statistics: PostgresReader.Statistics {
        PostgresReader.Statistics(
            connections: lines.count { $0.isOpen },
            inFlight: inFlight,
            waiting: waiting.count
        )
    }

    private var openings: Int { ordered + lines.count { !$0.isOpen } }

    private func index(of pipeline: PipelineConnection) -> Int? { lines.firstIndex { $0.pipeline === pipeline } }

    // MARK: Who works

    /// Finds who is to take what waits.
    ///
    /// The least loaded pipeline that is not held up. When it is half full, or all are held up, another one is opened
    /// if that is allowed; until then, or when it is not, one that is held up has to do.
    mutating func assign() -> Orders {
        guard !waiting.isEmpty else {
            return Orders()
        }
        let free = lines.indices.filter { lines[$0].isOpen && !lines[$0].isPaused && lines[$0].inFlight < depth }
        let best = free.min { lines[$0].burden < lines[$1].burden }
        let isGood = best.map { !lines[$0].isStuck } ?? false
        let isLight = isGood && best.map { lines[$0].inFlight < depth / 2 } ?? false
        var orders = Orders()
        if !isLight, openings == 0, lines.count < maximum, best == nil || !backoff.isActive {
            orders.mustOpen = true
            ordered += 1
        }
        if let best, isGood || openings == 0, !lines[best].isWoken {
            lines[best].isWoken = true
            orders.wake = lines[best].pipeline
        }
        return orders
    }

    /// Hands out what waits, up to the room; nothing to a pipeline that is held up while another may take it.
    mutating func take(for pipeline: PipelineConnection, room: Int, isStuck: Bool) -> ([WaitingRead], Orders) {
        guard let index = index(of: pipeline) else {
            return ([], Orders())
        }
        lines[index].isWoken = false
        lines[index].isStuck = isStuck
        lines[index].inFlight = depth - room
        guard room > 0, !waiting.isEmpty else {
            return ([], Orders())
        }
        if isStuck, canAnother(than: index) {
            return ([], assign())
        }
        let reads = Array(waiting.prefix(room))
        waiting.removeFirst(reads.count)
        lines[index].inFlight += reads.count
        return (reads, assign())
    }

    private func canAnother(than index: Int) -> Bool {
        if openings > 0 || lines.count < maximum && !backoff.isActive {
            return true
        }
        return lines.indices.contains { other in
            let line = lines[other]
            return other != index && line.isOpen && !line.isPaused && !line.isStuck && line.inFlight < depth
        }
    }

    mutating func setPaused(_ pipeline: PipelineConnection, _ isPaused: Bool) -> Orders {
        if let index = index(of: pipeline) {
            lines[index].isPaused = isPaused
            lines[index].isWoken = false
        }
        return assign()
    }

    // MARK: What waits

    /// - Returns: Nil when the requests have to be refused.
    mutating func requeue(_ reads: some BidirectionalCollection<WaitingRead>) -> Orders? {
        guard !isShutDown || reads.isEmpty else {
            return nil
        }
        for read in reads.reversed() {
            waiting.prepend(read)
        }
        return assign()
    }

    /// - Returns: False when it does not wait here.
    mutating func remove(_ request: ReadRequest) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.request === request }) else {
            return false
        }
        waiting.remove(at: index)
        return true
    }

    /// Those that have waited too long, and when to look again.
    mutating func expire(
        at now: ContinuousClock.Instant,
        after timeout: Duration
    ) -> (expired: [WaitingRead], next: ContinuousClock.Instant?) {
        var expired: [WaitingRead] = []
        while let first = waiting.first, first.request.submitted + timeout <= now {
            expired.append(first)
            waiting.removeFirst()
        }
        let next = waiting.first.map { $0.request.submitted + timeout }
        isTimerSet = next != nil
        return (expired, next)
    }

    // MARK: Who is there

    mutating func add(_ pipeline: PipelineConnection) {
        ordered -= 1
        lines.append(Line(pipeline: pipeline))
    }

    mutating func opened(_ pipeline: PipelineConnection) {
        backoff.succeeded()
        if let index = index(of: pipeline) {
            lines[index].isOpen = true
        }
    }

    mutating func openingFailed(
        _ pipeline: PipelineConnection,
        at now: ContinuousClock.Instant
    ) -> (abandoned: [WaitingRead], Orders) {
        backoff.failed(at: now)
        remove(pipeline)
        guard lines.isEmpty else {
            return ([], assign())
        }
        defer { waiting = [] }
        return (Array(waiting), Orders())
    }

    mutating func remove(_ pipeline: PipelineConnection) {
        lines.removeAll { $0.pipeline === pipeline }
    }

    mutating func shutDown() -> (waiting: [WaitingRead], pipelines: [PipelineConnection]) {
        isShutDown = true
        defer { waiting = [] }
        return (Array(waiting), pipelines)
    }
}
