import DomainModel

extension WebhookSubscription: Listed {
    static var listing: [Column<WebhookSubscription>] {
        var columns: [Column<WebhookSubscription>] = [
            .number("id", "订阅", "webhook") { $0.id },
            .text("url", "地址", "address") { $0.url },
            .text("types", "类型", "types") { $0.types.joined(separator: " ") },
        ]
        columns += Column.word("state", "状态", "state", style: \.state.style, \.state)
        columns += [
            .number("pending", "待送", "pending") { $0.pending },
            .number("dead", "未送达", "dead") { $0.dead },
            .number("failures", "连续失败", "failures") { $0.failures },
            .number("lag", "延迟（秒）", "lag (s)") { Int($0.lag.rounded()) },
            .number("position", "位置", "position", in: [.sheet, .csv]) { $0.position },
            .text("reason", "最近失败", "last failure", in: [.sheet, .csv], style: { _ in .red }, \.stateReason),
            .text("description", "说明", "description", in: [.sheet, .csv]) { $0.description },
        ]
        return columns
            + Column.instant("failing_since", "失败始于", "failing since", in: [.sheet, .csv]) { $0.failingSince }
            + Column.instant("resume_at", "重试时间", "tried again at", in: [.sheet, .csv]) { $0.resumeAt }
            + Column.instant("created_at", "创建时间", "created at", in: [.sheet, .csv]) { $0.createdAt }
            + Column.instant("former_secret_until", "旧密钥有效至", "former secret until", in: [.sheet, .csv]) {
                $0.formerSecretUntil
            }
    }
}

extension WebhookSubscription.State {
    var style: Style? {
        switch self {
        case .active: .green
        case .paused: .yellow
        case .disabled: .red
        }
    }
}

extension WebhookAttempt: Listed {
    static var listing: [Column<WebhookAttempt>] {
        var columns = Column<WebhookAttempt>.instant("at", "时间", "at") { $0.at }
        columns += [
            .number("position", "位置", "position") { $0.position },
            .code("type", "类型", "type") { $0.type },
            .code("subject", "对象", "subject") { $0.subject },
            .number("attempt", "次数", "attempt") { $0.attempt },
        ]
        columns += Column.word("outcome", "结果", "outcome", style: \.outcome.style, \.outcome)
        columns += [
            .number("status", "状态码", "status") { $0.status },
            .number("milliseconds", "毫秒", "ms") { $0.milliseconds },
            .text("error", "错误", "error") { $0.error },
            .code("event", "事件", "event", in: [.sheet, .csv]) { $0.event },
        ]
        return columns
    }
}

extension WebhookAttempt.Outcome {
    var style: Style? {
        switch self {
        case .delivered: .green
        case .failed: .yellow
        case .dead: .red
        case .skipped: .dim
        }
    }
}
