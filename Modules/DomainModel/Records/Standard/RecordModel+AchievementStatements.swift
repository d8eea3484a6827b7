extension RecordModel {
    /// What is said of achievements: who holds which right, and to whom it went.
    static let achievementStatements: [StatementDefinition] = [
        // Sum of shares: of each right, the holders of one day share one whole.
        StatementDefinition(
            "right",
            "权利",
            "Right",
            about: [.achievement],
            to: [.talent, .team, .enterprise, .organisation, .platform],
            term: "achievement_right",
            slot: .pair,
            shares: .term,
            source: "B26",
            fields: [FieldDefinition("decision", "决定", "Decision", .text, source: "B26")]
        ),
        StatementDefinition(
            "transfer",
            "成果转化",
            "Transfer",
            about: [.achievement],
            to: [.enterprise, .organisation],
            term: "transfer_mode",
            shares: .free,
            source: "B27",
            fields: [
                FieldDefinition("price", "金额", "Price", .decimal, unit: "万元", range: (.zero, nil), source: "B27"),
                FieldDefinition("income_use", "收益使用", "Use of the income", .text, source: "B27"),
                FieldDefinition("contract", "合同编号", "Contract", .text, maximumLength: 100, source: "B27"),
            ]
        ),
        StatementDefinition(
            "transfer_service",
            "转化服务",
            "Transfer service",
            about: [.achievement],
            to: [.organisation, .platform],
            needsObject: false,
            term: "transfer_service",
            source: "B28"
        ),
        StatementDefinition(
            "credit",
            "信用记录",
            "Credit entry",
            about: [.enterprise, .organisation, .talent],
            term: "credit_action",
            source: "B30",
            fields: [
                FieldDefinition("ruling", "裁决", "Ruling", .text, privacy: .internal, source: "B30"),
                FieldDefinition("document", "文号", "Document", .text, maximumLength: 100, source: "B30"),
            ]
        ),
    ]
}
