import DomainModel

extension ProcessingBasis: Titled {
    /// In the words of the Personal Information Protection Law, art. 13.
    var title: LocalizedText {
        switch self {
        case .consent: LocalizedText(zh: "取得个人同意", en: "consent")
        case .contract: LocalizedText(zh: "合同或人力资源管理所必需", en: "contract")
        case .legalDuty: LocalizedText(zh: "法定职责或义务", en: "legal duty")
        case .emergency: LocalizedText(zh: "突发公共卫生事件或紧急情况", en: "emergency")
        case .publicInterest: LocalizedText(zh: "新闻报道或舆论监督", en: "public interest")
        case .publicInformation: LocalizedText(zh: "已公开的个人信息", en: "public information")
        case .otherLaw: LocalizedText(zh: "法律、行政法规规定的其他情形", en: "other law")
        }
    }
}

extension ConsentForm: Titled {
    var title: LocalizedText {
        switch self {
        case .general: LocalizedText(zh: "一般同意", en: "general")
        case .separate: LocalizedText(zh: "单独同意", en: "separate")
        case .written: LocalizedText(zh: "书面同意", en: "written")
        }
    }
}

extension ConsentChannel: Titled {
    var title: LocalizedText {
        switch self {
        case .paper: LocalizedText(zh: "纸质", en: "paper")
        case .online: LocalizedText(zh: "网上", en: "online")
        case .message: LocalizedText(zh: "邮件或短信", en: "message")
        case .spoken: LocalizedText(zh: "口头", en: "spoken")
        case .document: LocalizedText(zh: "文件", en: "document")
        }
    }
}

extension ConsentAnswer.Lack: Titled {
    var title: LocalizedText {
        switch self {
        case .unknown: LocalizedText(zh: "台账中没有该目的的依据", en: "the ledger has nothing about the purpose")
        case .notYet: LocalizedText(zh: "依据尚未开始", en: "it begins later")
        case .ended: LocalizedText(zh: "同意已撤回，或依据已终止", en: "it was taken back, or has ended")
        case .scope: LocalizedText(zh: "依据只涉及其他字段", en: "it is about other fields")
        case .form: LocalizedText(zh: "敏感信息须单独或书面同意", en: "sensitive data need a separate or written consent")
        }
    }
}
