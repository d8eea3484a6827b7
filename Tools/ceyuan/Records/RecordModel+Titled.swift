import DomainModel

extension PrivacyClass: Titled {
    var title: LocalizedText {
        switch self {
        case .open: LocalizedText(zh: "公开", en: "open")
        case .internal: LocalizedText(zh: "内部", en: "internal")
        case .identifying: LocalizedText(zh: "可识别个人", en: "identifying")
        case .personal: LocalizedText(zh: "个人信息", en: "personal")
        case .sealed: LocalizedText(zh: "加密", en: "sealed")
        }
    }
}

extension FieldType: Titled {
    var title: LocalizedText {
        switch self {
        case .text: LocalizedText(zh: "文本", en: "text")
        case .integer: LocalizedText(zh: "整数", en: "integer")
        case .decimal: LocalizedText(zh: "小数", en: "decimal")
        case .boolean: LocalizedText(zh: "是否", en: "boolean")
        case .date: LocalizedText(zh: "日期", en: "date")
        case .year: LocalizedText(zh: "年份", en: "year")
        case .term: LocalizedText(zh: "词表", en: "term")
        case .choice: LocalizedText(zh: "选项", en: "choice")
        case .region: LocalizedText(zh: "地区", en: "region")
        case .identifier: LocalizedText(zh: "标识码", en: "identifier")
        case .url: LocalizedText(zh: "网址", en: "url")
        case .mail: LocalizedText(zh: "邮件", en: "mail")
        case .telephone: LocalizedText(zh: "电话", en: "telephone")
        }
    }
}

extension StatementDefinition.Shares: Titled {
    var title: LocalizedText {
        switch self {
        case .none: LocalizedText(zh: "无", en: "none")
        case .free: LocalizedText(zh: "各自独立", en: "free")
        case .subject: LocalizedText(zh: "每一主体合计不超过 1", en: "subject")
        case .term: LocalizedText(zh: "每一主体与类别合计不超过 1", en: "term")
        }
    }
}

extension RecordChange.Verb: Titled {
    var title: LocalizedText {
        switch self {
        case .created: LocalizedText(zh: "新建", en: "created")
        case .changed: LocalizedText(zh: "变更", en: "changed")
        case .said: LocalizedText(zh: "陈述", en: "said")
        case .withdrawn: LocalizedText(zh: "撤回", en: "withdrawn")
        case .merged: LocalizedText(zh: "合并", en: "merged")
        case .erased: LocalizedText(zh: "删除", en: "erased")
        }
    }
}
