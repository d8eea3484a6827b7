import DomainModel

extension SubjectRequest.Kind: Titled {
    var title: LocalizedText {
        switch self {
        case .copy: LocalizedText(zh: "查阅复制", en: "copy")
        case .correct: LocalizedText(zh: "更正补充", en: "correct")
        case .erase: LocalizedText(zh: "删除", en: "erase")
        case .restrict: LocalizedText(zh: "限制或拒绝处理", en: "restrict")
        case .explain: LocalizedText(zh: "解释说明", en: "explain")
        }
    }
}

extension SubjectRequest.Lodger: Titled {
    var title: LocalizedText {
        switch self {
        case .person: LocalizedText(zh: "本人", en: "person")
        case .agent: LocalizedText(zh: "代理人", en: "agent")
        case .guardian: LocalizedText(zh: "监护人", en: "guardian")
        case .relative: LocalizedText(zh: "近亲属", en: "relative")
        }
    }
}

extension SubjectRequest.State: Titled {
    var title: LocalizedText {
        switch self {
        case .received: LocalizedText(zh: "已收到", en: "received")
        case .inWork: LocalizedText(zh: "办理中", en: "in work")
        case .done: LocalizedText(zh: "已办结", en: "done")
        case .refused: LocalizedText(zh: "已拒绝", en: "refused")
        }
    }
}
