import DomainModel

extension AccessExplanation.GrantVerdict: Listed {
    static var listing: [Column<AccessExplanation.GrantVerdict>] {
        [
            .number("grant", "授权", "grant") { $0.grant.id },
            .code("role", "角色", "role") { $0.grant.role },
            .code("region", "地区", "region") { $0.grant.region ?? "*" },
            .code("reason", "结论", "verdict", style: { $0.reason == .allows ? .green : .yellow }, \.reason.rawValue),
        ]
            + Column.instant("valid_from", "生效", "from", in: [.csv]) { $0.grant.validFrom }
            + Column.instant("valid_until", "失效", "until", in: [.csv]) { $0.grant.validUntil }
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
            if value.standing != .known { try line(self("主体：", "Principal: ") + value.standing.rawValue) }
            if let token = value.token { try line(self("令牌：", "Token: ") + token.rawValue) }
            if value.grants.isEmpty {
                try line(self("没有任何授权。", "There is no grant."))
            } else {
                try table(value.grants)
            }
        }
    }
}
