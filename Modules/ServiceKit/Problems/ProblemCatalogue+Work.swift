import DomainModel

extension ProblemCode {
    // MARK: Background work

    /// The feed no longer has the events after the position that was asked for.
    public static let eventsGone = ProblemCode(
        "EVENTS_GONE",
        410,
        en: "Events no longer kept",
        zh: "事件已不再保留",
        hint: "Read the records themselves, then go on from the oldest position that is kept.",
        hintZh: "请直接读取记录，然后从仍保留的最早位置继续。",
        cause: LocalizedText(
            zh: "所问位置之后的事件已过保留期。",
            en: "Events after the position that was asked for have been kept long enough and are dropped."
        ),
        example: LocalizedText(
            zh: "位置 3 之后的事件已不完整，最早保留的是 120。",
            en: "Events after 3 are no longer all kept; the oldest is 120."
        )
    )
    /// A schedule's expression or time zone cannot be used.
    public static let scheduleInvalid = ProblemCode(
        "SCHEDULE_INVALID",
        422,
        en: "Schedule cannot be used",
        zh: "计划无法使用",
        hint: "Give five fields (minute, hour, day, month, weekday) and a time zone such as Asia/Shanghai.",
        hintZh: "请给出五个字段（分、时、日、月、周）和时区，如 Asia/Shanghai。",
        cause: LocalizedText(
            zh: "时间表达式、时区、任务种类或数据无法使用，或这样的日期永不到来。",
            en: "The expression, the time zone, the kind of job or its data cannot be used, or no such day ever comes."
        ),
        example: LocalizedText(
            zh: "没有时区 Mars/Olympus。",
            en: "Mars/Olympus is no time zone."
        )
    )
    /// A webhook's address is none that the platform sends to.
    public static let webhookAddressRefused = ProblemCode(
        "WEBHOOK_ADDRESS_REFUSED",
        422,
        en: "Webhook address refused",
        zh: "回调地址被拒绝",
        hint: "Use an https address on a public host, or ask the operator to allow the origin by name.",
        hintZh: "请使用公网主机的 https 地址，或请运维人员按名称放行。",
        cause: LocalizedText(
            zh: "地址无法读取、不是 https，或其主机不在公网上。",
            en: "The address cannot be read, is not https, or its host is not on the public Internet."
        ),
        example: LocalizedText(
            zh: "https://10.0.0.7/：主机 10.0.0.7 不在公网上。",
            en: "https://10.0.0.7/: the host 10.0.0.7 is not on the public Internet."
        )
    )
    /// The job or schedule is in a state that does not allow what was asked.
    public static let workStateConflict = ProblemCode(
        "WORK_STATE_CONFLICT",
        409,
        en: "Not possible in this state",
        zh: "当前状态不允许此操作",
        hint: "Read the present state and decide again.",
        hintZh: "请查看当前状态后再作决定。",
        cause: LocalizedText(
            zh: "任务或计划的当前状态不允许此操作：例如任务已结束，或计划的上一个任务尚未结束。",
            en: "A job has ended or is not dead, or the last job of a schedule has not ended."
        ),
        example: LocalizedText(
            zh: "任务 7 的状态为 done，不能这样处理。",
            en: "Job 7 is done."
        )
    )
}

extension Problem {
    /// The feed begins after the position that was asked for.
    static func eventsGone(after position: Int64, oldest: Int64) -> Problem {
        Problem(
            .eventsGone,
            "Events after \(position) are no longer all kept; the oldest is \(oldest).",
            zh: "位置 \(position) 之后的事件已不完整，最早保留的是 \(oldest)。"
        )
        .with("oldest", oldest)
    }
}
