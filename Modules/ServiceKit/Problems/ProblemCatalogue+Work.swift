extension ProblemCode {
    // MARK: Background work

    /// The feed no longer has the events after the position that was asked for.
    public static let eventsGone = ProblemCode(
        "EVENTS_GONE",
        410,
        en: "Events no longer kept",
        zh: "事件已不再保留",
        hint: "Read the records themselves, then go on from the oldest position that is kept.",
        hintZh: "请直接读取记录，然后从仍保留的最早位置继续。"
    )
    /// A schedule's expression or time zone cannot be used.
    public static let scheduleInvalid = ProblemCode(
        "SCHEDULE_INVALID",
        422,
        en: "Schedule cannot be used",
        zh: "计划无法使用",
        hint: "Give five fields (minute, hour, day, month, weekday) and a time zone such as Asia/Shanghai.",
        hintZh: "请给出五个字段（分、时、日、月、周）和时区，如 Asia/Shanghai。"
    )
    /// A webhook's address is none that the platform sends to.
    public static let webhookAddressRefused = ProblemCode(
        "WEBHOOK_ADDRESS_REFUSED",
        422,
        en: "Webhook address refused",
        zh: "回调地址被拒绝",
        hint: "Use an https address on a public host, or ask the operator to allow the origin by name.",
        hintZh: "请使用公网主机的 https 地址，或请运维人员按名称放行。"
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
