extension RecordModel {
    static let achievementFields: [FieldDefinition] =
        nameFields(source: "B29") + [
            FieldDefinition(
                "type",
                "成果类型",
                "Type",
                .choice,
                choices: [
                    .init("patent", "专利", "Patent"), .init("pct", "PCT 国际专利申请", "PCT application"),
                    .init("standard", "标准", "Standard"), .init("paper", "论文", "Paper"),
                    .init("software", "软件著作权", "Software copyright"), .init("product", "新产品", "Product"),
                    .init("contract", "技术合同", "Technology contract"),
                ],
                isRequired: true,
                source: "B29"
            ),
            FieldDefinition("patent", "专利号", "Patent number", .identifier, identifier: .patent, source: "B29"),
            FieldDefinition("doi", "DOI", "DOI", .identifier, identifier: .doi, source: "B29"),
            FieldDefinition("number", "编号", "Number", .text, maximumLength: 100, source: "B29"),
            FieldDefinition("published_on", "公开日期", "Date of publication", .date, source: "B29"),
            FieldDefinition("granted_on", "授权日期", "Date of grant", .date, source: "B29"),
            FieldDefinition(
                "contract_value",
                "合同金额",
                "Contract value",
                .decimal,
                unit: "万元",
                range: (.zero, nil),
                source: "B27"
            ),
            FieldDefinition(
                "readiness",
                "技术成熟度",
                "Readiness level",
                .integer,
                range: (ExactDecimal(1), ExactDecimal(9)),
                source: "B39"
            ),
        ] + commonFields(source: "B29")

    static let programmeFields: [FieldDefinition] =
        nameFields(source: "A16") + [
            FieldDefinition(
                "subject",
                "主题",
                "Subject",
                .choice,
                choices: [
                    .init("talent", "人才", "Talents"), .init("enterprise", "企业", "Enterprises"),
                    .init("platform", "平台", "Platforms"), .init("project", "项目", "Projects"),
                    .init("other", "其他", "Other"),
                ],
                source: "E33"
            ),
            FieldDefinition("owner", "主管单位", "Owner", .text, maximumLength: 200, source: "A16"),
            FieldDefinition("goals", "量化目标", "Quantified goals", .text, source: "A16"),
            FieldDefinition("period", "实施期", "Period", .text, maximumLength: 100, source: "A16"),
            FieldDefinition("instrument", "政策工具", "Instrument", .text, maximumLength: 500, source: "E33"),
            FieldDefinition("conditions", "申报条件", "Conditions", .text, source: "E33"),
            // Codes that another service defines, perhaps later: they are not looked up.
            FieldDefinition(
                "indicators",
                "衡量指标",
                "Indicators that measure it",
                .text,
                maximumLength: 100,
                isMany: true,
                source: "E33"
            ),
        ] + documentFields(source: "A01") + commonFields(source: "A16")

    static let awardFields: [FieldDefinition] =
        nameFields(source: "A03") + [
            FieldDefinition("body", "授予机构", "Awarding body", .text, maximumLength: 200, source: "A03"),
            FieldDefinition(
                "level",
                "级别",
                "Level",
                .choice,
                choices: [
                    .init("international", "国际", "International"), .init("national", "国家级", "National"),
                    .init("provincial", "省部级", "Provincial"), .init("municipal", "市级", "Municipal"),
                ],
                source: "A03"
            ),
            FieldDefinition("tier", "对应人才层次", "Talent tier that it gives", .term, of: "talent_tier", source: "A03"),
        ] + commonFields(source: "A03")

    static let supportFields: [FieldDefinition] =
        nameFields(source: "E09") + [
            FieldDefinition(
                "instrument",
                "扶持方式",
                "Instrument",
                .choice,
                choices: [
                    .init("grant", "资助", "Grant"), .init("subsidy", "补贴", "Subsidy"), .init("loan", "贷款", "Loan"),
                    .init("guarantee", "担保", "Guarantee"), .init("investment", "投资", "Investment"),
                    .init("voucher", "创新券", "Voucher"), .init("space", "场地", "Space"),
                    .init("service", "服务", "Service"),
                ],
                isRequired: true,
                source: "E09"
            ),
            FieldDefinition("amount", "金额", "Amount", .decimal, unit: "万元", range: (.zero, nil), source: "E09"),
            FieldDefinition("conditions", "条件", "Conditions", .text, source: "E09"),
            FieldDefinition("document", "文号", "Document number", .text, maximumLength: 100, source: "E09"),
        ] + commonFields(source: "E09")
}
