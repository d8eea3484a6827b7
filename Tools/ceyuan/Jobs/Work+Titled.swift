import DomainModel

extension JobRecord.State: Titled {
    var title: LocalizedText {
        switch self {
        case .delayed: LocalizedText(zh: "延后", en: "delayed")
        case .waiting: LocalizedText(zh: "等待", en: "waiting")
        case .running: LocalizedText(zh: "执行中", en: "running")
        case .dead: LocalizedText(zh: "失败", en: "dead")
        case .done: LocalizedText(zh: "完成", en: "done")
        case .cancelled: LocalizedText(zh: "已取消", en: "cancelled")
        }
    }
}

extension OperationRecord.State: Titled {
    var title: LocalizedText {
        switch self {
        case .waiting: LocalizedText(zh: "等待", en: "waiting")
        case .running: LocalizedText(zh: "执行中", en: "running")
        case .succeeded: LocalizedText(zh: "成功", en: "succeeded")
        case .failed: LocalizedText(zh: "失败", en: "failed")
        case .cancelled: LocalizedText(zh: "已取消", en: "cancelled")
        }
    }
}

extension Schedule.Missed: Titled {
    var title: LocalizedText {
        switch self {
        case .once: LocalizedText(zh: "补做一次", en: "once")
        case .skip: LocalizedText(zh: "跳过", en: "skip")
        }
    }
}

extension WebhookSubscription.State: Titled {
    var title: LocalizedText {
        switch self {
        case .active: LocalizedText(zh: "启用", en: "active")
        case .paused: LocalizedText(zh: "暂停", en: "paused")
        case .disabled: LocalizedText(zh: "停用", en: "disabled")
        }
    }
}

extension WebhookAttempt.Outcome: Titled {
    var title: LocalizedText {
        switch self {
        case .delivered: LocalizedText(zh: "已送达", en: "delivered")
        case .failed: LocalizedText(zh: "未成，将重试", en: "failed")
        case .dead: LocalizedText(zh: "未送达", en: "dead")
        case .skipped: LocalizedText(zh: "已跳过", en: "skipped")
        }
    }
}

extension LocalizedText {
    /// Somebody has asked for it to end.
    static let cancelling = LocalizedText(zh: "取消中", en: "cancelling")
}
