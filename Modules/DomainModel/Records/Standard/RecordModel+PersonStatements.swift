extension RecordModel {
    /// What is said of persons and teams: tier, presence, education, titles, services.
    static let personStatements: [StatementDefinition] = [
        StatementDefinition(
            "tier",
            "人才层次",
            "Tier",
            about: [.talent, .team],
            term: "talent_tier",
            slot: .term,
            source: "A02",
            fields: [
                FieldDefinition("rule", "认定依据", "Rule", .text, source: "A02"),
                FieldDefinition("evidence", "证明材料", "Evidence", .text, source: "A02"),
                FieldDefinition("reassess_on", "复评日期", "To be re-assessed on", .date, source: "A02"),
            ]
        ),
        StatementDefinition(
            "presence",
            "在区情况",
            "Presence in the corridor",
            about: [.talent, .team, .enterprise],
            slot: .subject,
            source: "A14",
            fields: [
                FieldDefinition(
                    "channel",
                    "进入方式",
                    "Way in",
                    .choice,
                    choices: [
                        .init("introduced", "引进", "Introduced"), .init("returned", "回归", "Returned"),
                        .init("trained", "本地培养", "Trained here"), .init("founded", "本地创办", "Founded here"),
                    ],
                    source: "A14"
                ),
                FieldDefinition("origin", "来源地", "Came from", .text, maximumLength: 200, source: "A14"),
                FieldDefinition("destination", "去向", "Went to", .text, maximumLength: 200, source: "A14"),
                FieldDefinition("reason", "离开原因", "Reason for leaving", .text, privacy: .internal, source: "A14"),
            ]
        ),
        StatementDefinition(
            "education",
            "教育经历",
            "Education",
            about: [.talent],
            to: [.organisation],
            needsObject: false,
            source: "A12",
            fields: [
                FieldDefinition("school", "学校", "School", .text, maximumLength: 200, source: "A12"),
                FieldDefinition("degree", "学位", "Degree", .choice, choices: degrees, source: "A12"),
                FieldDefinition("major", "专业", "Field", .text, maximumLength: 200, source: "A12"),
                FieldDefinition("is_stem", "是否 STEM 专业", "STEM", .boolean, source: "A12"),
            ]
        ),
        StatementDefinition(
            "professional_title",
            "专业技术职称",
            "Professional title",
            about: [.talent],
            source: "A10",
            fields: [
                FieldDefinition("title", "职称", "Title", .text, maximumLength: 200, isRequired: true, source: "A10"),
                FieldDefinition("route", "评审方式", "Route", .term, of: "title_review", source: "A10"),
                FieldDefinition("reviewer", "评审单位", "Reviewer", .text, maximumLength: 200, source: "A10"),
            ]
        ),
        StatementDefinition(
            "evaluation",
            "评价",
            "Evaluation",
            about: [.talent, .team, .platform, .project, .enterprise],
            to: [.organisation, .enterprise, .talent],
            needsObject: false,
            source: "A11",
            fields: [
                FieldDefinition(
                    "criterion",
                    "评价标准",
                    "Criterion",
                    .text,
                    maximumLength: 200,
                    isRequired: true,
                    source: "A11"
                ),
                FieldDefinition("result", "评价结果", "Result", .text, isRequired: true, source: "A11"),
            ]
        ),
        StatementDefinition(
            "award_won",
            "获奖",
            "Award won",
            about: [.talent, .team, .enterprise, .organisation, .platform, .achievement],
            to: [.award],
            source: "A03",
            fields: [
                FieldDefinition("rank", "等级", "Rank", .text, maximumLength: 100, source: "A03"),
                FieldDefinition("certificate", "证书编号", "Certificate", .text, maximumLength: 100, source: "A03"),
            ]
        ),
        StatementDefinition(
            "service",
            "服务",
            "Service",
            about: [.talent, .team, .enterprise],
            to: [.organisation, .enterprise, .platform],
            needsObject: false,
            term: "talent_service",
            source: "E03",
            fields: [
                FieldDefinition(
                    "status",
                    "办理状态",
                    "Status",
                    .choice,
                    choices: [
                        .init("asked", "已申请", "Asked"), .init("granted", "已批准", "Granted"),
                        .init("refused", "未批准", "Refused"), .init("ended", "已终止", "Ended"),
                    ],
                    isRequired: true,
                    source: "E03"
                ),
                FieldDefinition("asked_on", "申请日期", "Asked on", .date, source: "E03"),
                FieldDefinition("decided_on", "审批日期", "Decided on", .date, source: "E03"),
                FieldDefinition(
                    "amount",
                    "金额",
                    "Amount",
                    .decimal,
                    unit: "元",
                    range: (.zero, nil),
                    privacy: .personal,
                    source: "E05"
                ),
                FieldDefinition("detail", "内容", "Detail", .text, privacy: .personal, source: "E03"),
            ]
        ),
        StatementDefinition(
            "permit",
            "许可",
            "Permit",
            about: [.talent],
            choices: [
                .init("work", "外国人工作许可", "Work permit"), .init("residence", "居留许可", "Residence permit"),
                .init("permanent", "永久居留", "Permanent residence"),
            ],
            slot: .term,
            source: "A18",
            fields: [
                FieldDefinition("number", "许可编号", "Number", .text, maximumLength: 64, privacy: .sealed, source: "A18"),
                FieldDefinition("issuer", "签发机关", "Issuer", .text, maximumLength: 200, source: "A18"),
            ]
        ),
        StatementDefinition(
            "valuation",
            "人力资本评估",
            "Human-capital valuation",
            about: [.talent],
            to: [.organisation],
            needsObject: false,
            source: "A23",
            fields: [
                FieldDefinition("method", "评估方法", "Method", .text, source: "A23"),
                FieldDefinition(
                    "amount",
                    "评估价值",
                    "Amount",
                    .decimal,
                    unit: "万元",
                    range: (.zero, nil),
                    isRequired: true,
                    privacy: .personal,
                    source: "A23"
                ),
            ]
        ),
        StatementDefinition(
            "expert",
            "专家库成员",
            "Member of the expert pool",
            about: [.talent],
            slot: .subject,
            source: "A22",
            fields: [
                FieldDefinition("fields", "专业领域", "Fields", .text, isMany: true, source: "A22"),
                FieldDefinition("conflicts", "利益冲突", "Conflicts of interest", .text, privacy: .internal, source: "A22"),
            ]
        ),
    ]
}
