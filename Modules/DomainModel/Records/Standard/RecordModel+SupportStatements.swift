extension RecordModel {
    /// What is said of policies: under which programme, for whom, when paid.
    static let supportStatements: [StatementDefinition] = [
        StatementDefinition(
            "programme",
            "所属计划",
            "Programme",
            about: [.award, .support, .project],
            to: [.programme],
            slot: .object,
            source: "B25"
        ),
        StatementDefinition(
            "beneficiary",
            "扶持对象",
            "Beneficiary",
            about: [.support],
            to: [.talent, .team, .enterprise, .organisation, .platform, .project],
            slot: .object,
            shares: .subject,
            source: "E08"
        ),
        StatementDefinition(
            "payment",
            "拨付",
            "Payment",
            about: [.support],
            source: "E08",
            fields: [
                FieldDefinition(
                    "amount",
                    "金额",
                    "Amount",
                    .decimal,
                    unit: "万元",
                    range: (.zero, nil),
                    isRequired: true,
                    source: "E08"
                ),
                FieldDefinition("paid_on", "拨付日期", "Paid on", .date, source: "E08"),
                FieldDefinition("condition", "条件", "Condition", .text, source: "E08"),
            ]
        ),
        StatementDefinition(
            "finance_product",
            "金融产品",
            "Financial product",
            about: [.enterprise, .talent],
            to: [.organisation, .enterprise],
            needsObject: false,
            term: "finance_product",
            source: "E14",
            fields: [
                FieldDefinition("amount", "金额", "Amount", .decimal, unit: "万元", range: (.zero, nil), source: "E14")
            ]
        ),
    ]
}
