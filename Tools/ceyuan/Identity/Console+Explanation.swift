import DomainModel

extension AccessExplanation.GrantVerdict: Listed {
    static var listing: [Column<AccessExplanation.GrantVerdict>] {
        var columns: [Column<AccessExplanation.GrantVerdict>] = [
            .number("grant", "授权", "grant") { $0.grant.id },
            .code("role", "角色", "role") { $0.grant.role },
            .code("region", "地区", "region") { $0.grant.region ?? "*" },
        ]
        columns += Column.word("reason", "结论", "verdict", style: { $0.reason == .allows ? .green : .yellow }, \.reason)
        return columns + Column.instant("valid_from", "生效", "from", in: [.csv]) { $0.grant.validFrom }
            + Column.instant("valid_until", "失效", "until", in: [.csv]) { $0.grant.validUntil }
    }
}

extension AccessExplanation.Reason: Titled {
    var title: LocalizedText {
        switch self {
        case .allows: LocalizedText(zh: "允许", en: "allows")
        case .roleLacksPermission: LocalizedText(zh: "角色没有此权限", en: "its role lacks the permission")
        case .notYetValid: LocalizedText(zh: "尚未生效", en: "begins later")
        case .expired: LocalizedText(zh: "已到期", en: "has ended")
        case .revoked: LocalizedText(zh: "已撤销", en: "was taken back")
        case .otherRegion: LocalizedText(zh: "仅限其他地区", en: "holds for another region")
        }
    }
}

extension AccessExplanation.Standing: Titled {
    var title: LocalizedText {
        switch self {
        case .known: LocalizedText(zh: "已登记", en: "known")
        case .disabled: LocalizedText(zh: "已停用", en: "disabled")
        case .unknown: LocalizedText(zh: "未登记", en: "unknown")
        }
    }
}

extension AccessExplanation.TokenVerdict: Titled {
    var title: LocalizedText {
        switch self {
        case .allows: LocalizedText(zh: "允许", en: "allows")
        case .outOfScope: LocalizedText(zh: "不含此权限", en: "is not made for the permission")
        case .expired: LocalizedText(zh: "已到期", en: "has ended")
        case .revoked: LocalizedText(zh: "已撤销", en: "was ended")
        case .unknown: LocalizedText(zh: "没有该令牌", en: "there is none of that number")
        }
    }
}

extension Console {
    /// Prints an explanation: the verdict in a sentence, then each grant.
    func show(explanation answer: Answer<AccessExplanation>) throws {
        let value = answer.value
        switch format {
        case .json: try write(try JSONText.document(answer.json))
        case .csv: try list(value.grants)
        case .table:
            let place = value.region.map { self("（地区 \($0)）", " in \($0)") } ?? ""
            try line(
                value.isAllowed
                    ? self(
                        "\(value.principal) 可以 \(value.permission)\(place)。",
                        "\(value.principal) may \(value.permission)\(place)."
                    )
                    : self(
                        "\(value.principal) 不可以 \(value.permission)\(place)。",
                        "\(value.principal) may not \(value.permission)\(place)."
                    )
            )
            if value.regionPath.count > 1 {
                try line(self("所属：", "Part of: ") + value.regionPath.joined(separator: " < "))
            }
            if value.standing != .known { try line(self("主体：", "Principal: ") + value.standing.title[language]) }
            if let token = value.token { try line(self("令牌：", "Token: ") + token.title[language]) }
            if value.grants.isEmpty {
                try line(self("没有任何授权。", "There is no grant."))
            } else {
                try table(value.grants)
            }
        }
    }
}
