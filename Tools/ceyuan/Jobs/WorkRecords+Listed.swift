import DomainModel

extension JobRecord: Listed {
    static var listing: [Column<JobRecord>] {
        var columns: [Column<JobRecord>] = [
            .number("id", "任务", "job") { $0.id },
            .code("kind", "种类", "kind") { $0.kind },
        ]
        columns += Column.word(
            "state",
            "状态",
            "state",
            style: \.state.style,
            code: { $0.isCancelling ? "cancelling" : $0.state.rawValue },
            called: { $0.isCancelling ? .cancelling : $0.state.title }
        )
        columns += [
            .number("priority", "优先级", "priority", in: [.sheet, .csv]) { $0.priority },
            .number("attempt", "次数", "attempts") { $0.attempt },
            .text("progress", "进度", "progress") { job in
                let done = job.progressDone.map { done in job.progressTotal.map { "\(done)/\($0)" } ?? "\(done)" }
                return [done, job.progressNote].compactMap(\.self).joined(separator: " ")
            },
            .text("last_error", "最近错误", "last error", style: { _ in .red }, \.lastError),
            .text("owner", "执行者", "owner", in: [.sheet, .csv]) { $0.owner },
            .text("unique_key", "唯一键", "unique key", in: [.sheet, .csv]) { $0.uniqueKey },
            .text("payload", "数据", "payload", in: [.sheet, .csv]) { $0.payload },
        ]
        return columns + Column.instant("created_at", "创建时间", "created at") { $0.createdAt }
            + Column.instant("run_at", "执行时间", "runs at", in: [.sheet, .csv]) { $0.runAt }
            + Column.instant("started_at", "开始时间", "started at", in: [.sheet, .csv]) { $0.startedAt }
            + Column.instant("finished_at", "结束时间", "finished at") { $0.finishedAt }
    }

    private var isCancelling: Bool { isCancelRequested && state == .running }
}

extension JobRecord.State {
    var style: Style? {
        switch self {
        case .done: .green
        case .dead: .red
        case .running: .cyan
        case .delayed, .waiting: .yellow
        case .cancelled: .dim
        }
    }
}

extension JobCounts: Listed {
    static var listing: [Column<JobCounts>] {
        [
            .code("kind", "种类", "kind") { $0.kind },
            .number("waiting", "等待", "waiting") { $0.waiting },
            .number("delayed", "延后", "delayed") { $0.delayed },
            .number("running", "执行中", "running") { $0.running },
            .number("dead", "失败", "dead") { $0.dead },
            .number("most_attempts", "最多次数", "most attempts") { $0.mostAttempts },
            .number("oldest_wait", "最长等待（秒）", "oldest wait (s)") { Int($0.oldestWait.rounded()) },
        ]
    }
}

extension Schedule: Listed {
    static var listing: [Column<Schedule>] {
        var columns: [Column<Schedule>] = [
            .code("name", "名称", "name") { $0.name },
            .code("cron", "时间", "cron") { $0.cron },
            .code("time_zone", "时区", "time zone") { $0.timeZone },
            .code("kind", "任务种类", "kind") { $0.kind },
        ]
        columns += Column.word(
            "state",
            "状态",
            "state",
            style: { $0.isPaused ? .yellow : .green },
            code: { $0.stateText.en },
            called: { $0.stateText }
        )
        columns += Column.word("missed", "错过时", "missed", in: [.sheet, .csv]) { $0.missed }
        columns += [
            .number("priority", "优先级", "priority", in: [.sheet, .csv]) { $0.priority },
            .text("payload", "数据", "payload", in: [.sheet, .csv]) { $0.payload },
            .number("last_job", "最近任务", "last job") { $0.lastJob },
        ]
        return columns + Column.instant("next_at", "下次", "next") { $0.isPaused ? nil : $0.nextAt }
            + Column.instant("last_at", "上次", "last") { $0.lastAt }
    }
}

extension Schedule {
    /// Whether it goes on, as a word.
    fileprivate var stateText: LocalizedText {
        isPaused ? LocalizedText(zh: "暂停", en: "paused") : LocalizedText(zh: "启用", en: "active")
    }
}

extension EventRecord: Listed {
    static var listing: [Column<EventRecord>] {
        [
            .number("position", "位置", "position") { $0.position },
            .code("type", "类型", "type") { $0.type },
            .code("subject", "对象", "subject") { $0.subject },
            .code("id", "编号", "id", in: [.sheet, .csv]) { $0.id },
            .code("activity", "操作", "activity", in: [.sheet, .csv]) { $0.activity },
        ] + Column.instant("time", "时间", "time") { $0.time }
    }
}
