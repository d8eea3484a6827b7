/// Work that is to begin again and again at given times.
public struct Schedule: Codable, Sendable, Hashable {
    /// What happens to a time that passed while no host was running.
    public enum Missed: String, Codable, Sendable, CaseIterable {
        /// The work is done once, however many times have passed.
        case once
        /// The work waits for the next time.
        case skip
    }

    /// The schedule's name.
    public let name: String
    /// When: minute, hour, day of the month, month, day of the week.
    public let cron: String
    /// In which time zone, such as `Asia/Shanghai`.
    public let timeZone: String
    /// What kind of job is put into the queue.
    public let kind: String
    /// The job's data: a JSON document.
    public let payload: String
    /// The job's priority.
    public let priority: Int
    /// What happens to a time that has been missed.
    public let missed: Missed
    /// Whether a person has stopped it.
    public let isPaused: Bool
    /// The next time.
    public let nextAt: Instant
    /// The last time at which a job was put into the queue.
    public let lastAt: Instant?
    /// The number of that job; absent when the one before had not ended.
    public let lastJob: Int64?

    /// Makes a schedule of its parts.
    public init(
        name: String,
        cron: String,
        timeZone: String,
        kind: String,
        payload: String,
        priority: Int,
        missed: Missed,
        isPaused: Bool,
        nextAt: Instant,
        lastAt: Instant?,
        lastJob: Int64?
    ) {
        self.name = name
        self.cron = cron
        self.timeZone = timeZone
        self.kind = kind
        self.payload = payload
        self.priority = priority
        self.missed = missed
        self.isPaused = isPaused
        self.nextAt = nextAt
        self.lastAt = lastAt
        self.lastJob = lastJob
    }
}

/// What a person says to make a schedule or to change one.
public struct ScheduleOrder: Codable, Sendable, Hashable {
    /// When: five fields.
    public let cron: String
    /// In which time zone.
    public let timeZone: String
    /// What kind of job.
    public let kind: String
    /// The job's data: a JSON document; `{}` unless given.
    public let payload: String?
    /// The job's priority; 0 unless given.
    public let priority: Int?
    /// What happens to a time that has been missed; once unless given.
    public let missed: Schedule.Missed?

    /// Makes an order of its parts.
    public init(
        cron: String,
        timeZone: String,
        kind: String,
        payload: String? = nil,
        priority: Int? = nil,
        missed: Schedule.Missed? = nil
    ) {
        self.cron = cron
        self.timeZone = timeZone
        self.kind = kind
        self.payload = payload
        self.priority = priority
        self.missed = missed
    }
}
