extension RecordModel {
    private static let levels = [
        FieldDefinition.Choice("national", "国家级", "National"),
        FieldDefinition.Choice("provincial", "省级", "Provincial"),
        FieldDefinition.Choice("municipal", "市级", "Municipal"),
        FieldDefinition.Choice("district", "区级", "District"),
    ]

    /// What is said of platforms: hosts, levels, tenants, the chain from laboratory to park, partners.
    static let platformStatements: [StatementDefinition] = [
        StatementDefinition(
            "host",
            "依托单位",
            "Host",
            about: [.platform],
            to: [.organisation, .enterprise],
            slot: .object,
            shares: .subject,
            source: "B12"
        ),
        StatementDefinition(
            "certification",
            "认定",
            "Certification",
            about: [.platform],
            choices: levels,
            slot: .term,
            source: "B12",
            fields: [
                FieldDefinition("as", "认定类型", "Certified as", .term, of: "platform_type", source: "B13"),
                FieldDefinition("issuer", "认定机关", "Issuer", .text, maximumLength: 200, source: "B12"),
                FieldDefinition("certificate", "文号", "Document", .text, maximumLength: 100, source: "B12"),
            ]
        ),
        StatementDefinition(
            "tenancy",
            "入驻",
            "Tenancy",
            about: [.enterprise, .team],
            to: [.platform],
            slot: .object,
            shares: .free,
            source: "B14",
            fields: [
                FieldDefinition(
                    "area",
                    "使用面积",
                    "Area",
                    .decimal,
                    unit: "平方米",
                    range: (.zero, nil),
                    source: "B14"
                ),
                FieldDefinition(
                    "outcome",
                    "离开情形",
                    "Outcome",
                    .choice,
                    choices: [
                        .init("graduated", "毕业", "Graduated"), .init("moved", "迁出", "Moved"),
                        .init("failed", "终止", "Failed"),
                    ],
                    source: "B15"
                ),
            ]
        ),
        StatementDefinition(
            "incubation_chain",
            "孵化链条",
            "Next in the incubation chain",
            about: [.platform],
            to: [.platform],
            slot: .object,
            source: "B15"
        ),
        StatementDefinition(
            "town_stage",
            "特色小镇阶段",
            "Stage of a town",
            about: [.platform],
            term: "town_stage",
            slot: .subject,
            source: "B16"
        ),
        StatementDefinition(
            "alliance_member",
            "联盟成员",
            "Member of an alliance",
            about: [.enterprise, .organisation, .platform],
            to: [.organisation, .platform],
            slot: .object,
            source: "B33",
            fields: [FieldDefinition("role", "角色", "Role", .text, maximumLength: 100, source: "B33")]
        ),
        StatementDefinition(
            "agreement",
            "合作协议",
            "Agreement",
            about: [.organisation, .enterprise, .platform],
            to: [.organisation, .enterprise, .platform],
            choices: [
                .init("joint_laboratory", "联合实验室", "Joint laboratory"),
                .init("training_base", "联合培养基地", "Joint training base"),
                .init("order_training", "订单式培养", "Order-based training"), .init("other", "其他", "Other"),
            ],
            slot: .pair,
            source: "B35",
            fields: [FieldDefinition("results", "成效", "Results", .text, source: "B35")]
        ),
        StatementDefinition(
            "community_type",
            "未来社区类型",
            "Type of a future community",
            about: [.organisation],
            term: "community_type",
            slot: .subject,
            source: "B38",
            fields: [FieldDefinition("scenes", "场景", "Scenes", .text, isMany: true, source: "B38")]
        ),
    ]
}
