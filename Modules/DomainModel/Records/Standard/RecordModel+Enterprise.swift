extension RecordModel {
    static let enterpriseFields: [FieldDefinition] =
        nameFields(source: "B01") + [
            FieldDefinition(
                "uscc",
                "统一社会信用代码",
                "Unified social credit code",
                .identifier,
                identifier: .unifiedSocialCreditCode,
                source: "B01"
            ),
            FieldDefinition("lei", "法人机构识别编码", "LEI", .identifier, identifier: .lei, source: "B01"),
            FieldDefinition("enterprise_code", "企业码", "Enterprise code", .text, maximumLength: 64, source: "B10"),
            FieldDefinition(
                "legal_form",
                "企业类型",
                "Legal form",
                .choice,
                choices: [
                    .init("individual", "个体工商户", "Individual business"),
                    .init("sole", "个人独资企业", "Sole proprietorship"),
                    .init("partnership", "合伙企业", "Partnership"),
                    .init("limited", "有限责任公司", "Limited liability company"),
                    .init("joint_stock", "股份有限公司", "Joint-stock company"),
                    .init("state", "全民所有制企业", "State-owned enterprise"),
                    .init("foreign", "外商投资企业", "Foreign-invested enterprise"),
                    .init("branch", "分支机构", "Branch"),
                ],
                source: "B01"
            ),
            FieldDefinition("registered_on", "成立日期", "Date of registration", .date, source: "B01"),
            FieldDefinition(
                "registered_capital",
                "注册资本",
                "Registered capital",
                .decimal,
                unit: "万元",
                range: (.zero, nil),
                source: "B01"
            ),
            FieldDefinition("industry", "行业", "Industry", .identifier, identifier: .industry, source: "B01"),
            FieldDefinition("division", "登记地", "Division", .identifier, identifier: .division, source: "B01"),
            // Source: 工信部联企业〔2011〕300号, the four sizes.
            FieldDefinition(
                "size",
                "规模",
                "Size",
                .choice,
                choices: [
                    .init("large", "大型", "Large"), .init("medium", "中型", "Medium"), .init("small", "小型", "Small"),
                    .init("micro", "微型", "Micro"),
                ],
                source: "B02"
            ),
            FieldDefinition(
                "legal_representative",
                "法定代表人",
                "Legal representative",
                .text,
                maximumLength: 100,
                privacy: .internal,
                source: "B01"
            ),
            FieldDefinition(
                "contact_telephone",
                "联系电话",
                "Contact telephone",
                .telephone,
                isMany: true,
                privacy: .sealed,
                source: "B01"
            ),
            FieldDefinition("scope", "经营范围", "Scope of business", .text, source: "B01"),
            FieldDefinition("homepage", "网站", "Web site", .url, source: "B11"),
            FieldDefinition("products", "主要产品", "Main products", .text, isMany: true, source: "B11"),
        ] + commonFields(source: "B01")

    static let organisationFields: [FieldDefinition] =
        nameFields(source: "B12") + [
            FieldDefinition(
                "uscc",
                "统一社会信用代码",
                "Unified social credit code",
                .identifier,
                identifier: .unifiedSocialCreditCode,
                source: "B12"
            ),
            FieldDefinition("lei", "法人机构识别编码", "LEI", .identifier, identifier: .lei, source: "B34"),
            FieldDefinition("isni", "ISNI", "ISNI", .identifier, identifier: .isni, source: "B12"),
            FieldDefinition(
                "type",
                "机构类型",
                "Type",
                .choice,
                choices: [
                    .init("university", "高等学校", "University"), .init("institute", "科研院所", "Research institute"),
                    .init("hospital", "医院", "Hospital"), .init("school", "学校", "School"),
                    .init("department", "政府部门", "Government department"),
                    .init("fund", "基金", "Fund"), .init("investor", "投资机构", "Investor"),
                    .init("alliance", "联盟", "Alliance"), .init("association", "社会团体", "Association"),
                    .init("intermediary", "中介机构", "Intermediary"), .init("foreign", "境外机构", "Foreign body"),
                    .init("community", "未来社区", "Future community"),
                ],
                isRequired: true,
                source: "B12"
            ),
            FieldDefinition("founded_on", "成立日期", "Date of foundation", .date, source: "B12"),
            FieldDefinition(
                "managed_capital",
                "管理资本",
                "Managed capital",
                .decimal,
                unit: "万元",
                range: (.zero, nil),
                source: "B34"
            ),
            FieldDefinition("homepage", "网站", "Web site", .url, source: "B12"),
        ] + commonFields(source: "B12")
}
