import DomainModel

extension Approval.Action: Titled {
    var title: LocalizedText {
        switch self {
        case .erasure: LocalizedText(zh: "删除个人信息", en: "erasure")
        case .export: LocalizedText(zh: "导出个人信息", en: "export")
        }
    }
}

extension Approval.State: Titled {
    var title: LocalizedText {
        switch self {
        case .waiting: LocalizedText(zh: "待审批", en: "waiting")
        case .approved: LocalizedText(zh: "已批准", en: "approved")
        case .refused: LocalizedText(zh: "已驳回", en: "refused")
        case .withdrawn: LocalizedText(zh: "已撤回", en: "withdrawn")
        case .expired: LocalizedText(zh: "已过期", en: "expired")
        case .used: LocalizedText(zh: "已执行", en: "used")
        }
    }
}
