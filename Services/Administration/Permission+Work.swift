import ServiceKit

extension Permission {
    /// See schedules.
    static let readSchedules = Permission("schedule.read", en: "See schedules", zh: "查看计划")
    /// Change schedules.
    static let manageSchedules = Permission("schedule.manage", en: "Change schedules", zh: "管理计划")
    /// Read the feed of events.
    static let readEvents = Permission("event.read", en: "Read events", zh: "读取事件")
    /// See who is told of events.
    static let readWebhooks = Permission("webhook.read", en: "See webhooks", zh: "查看回调")
    /// Change who is told of events.
    static let manageWebhooks = Permission("webhook.manage", en: "Change webhooks", zh: "管理回调")
}
