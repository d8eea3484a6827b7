extension RecordModel {
    /// What is said of projects: modes, parties, money, milestones, acceptance.
    static let projectStatements: [StatementDefinition] = [
        StatementDefinition(
            "project_mode",
            "组织方式",
            "Mode",
            about: [.project],
            term: "project_mode",
            slot: .term,
            source: "B18"
        ),
        StatementDefinition(
            "party",
            "参与单位",
            "Party",
            about: [.enterprise, .organisation, .platform],
            to: [.project],
            choices: [
                .init("lead", "牵头单位", "Lead"), .init("participant", "参与单位", "Participant"),
                .init("proposer", "发榜单位", "Proposer"), .init("bidder", "揭榜单位", "Bidder"),
                .init("funder", "出资单位", "Funder"), .init("evaluator", "评估机构", "Evaluator"),
            ],
            slot: .pair,
            shares: .free,
            source: "B17"
        ),
        StatementDefinition(
            "budget",
            "经费",
            "Budget",
            about: [.project],
            slot: .subject,
            source: "B22",
            fields: [
                FieldDefinition(
                    "mode",
                    "经费方式",
                    "Mode",
                    .choice,
                    choices: [.init("lines", "科目预算", "Lines"), .init("lump_sum", "包干制", "Lump sum")],
                    isRequired: true,
                    source: "B22"
                ),
                FieldDefinition("amount", "金额", "Amount", .decimal, unit: "万元", range: (.zero, nil), source: "B22"),
                FieldDefinition("spent", "已支出", "Spent", .decimal, unit: "万元", range: (.zero, nil), source: "B22"),
                FieldDefinition("is_pledged", "是否签订承诺书", "Pledge given", .boolean, source: "B22"),
                FieldDefinition("negative_list", "负面清单", "Negative list", .text, isMany: true, source: "B22"),
            ]
        ),
        StatementDefinition(
            "milestone",
            "里程碑",
            "Milestone",
            about: [.project],
            source: "B20",
            fields: [
                FieldDefinition("name", "名称", "Name", .text, maximumLength: 200, isRequired: true, source: "B20"),
                FieldDefinition("due_on", "应完成日期", "Due on", .date, isRequired: true, source: "B20"),
                FieldDefinition("done_on", "完成日期", "Done on", .date, source: "B20"),
                FieldDefinition("evidence", "证明材料", "Evidence", .text, source: "B20"),
                verdict(source: "B20"),
            ]
        ),
        StatementDefinition(
            "acceptance",
            "验收",
            "Acceptance",
            about: [.project],
            to: [.organisation],
            needsObject: false,
            source: "B21",
            fields: [verdict(source: "B21")]
        ),
        StatementDefinition(
            "appraisal",
            "科研管理评价",
            "Appraisal",
            about: [.project, .talent, .organisation],
            term: "project_evaluation",
            source: "B21",
            fields: [FieldDefinition("result", "结果", "Result", .text, isRequired: true, source: "B21")]
        ),
        StatementDefinition(
            "output",
            "项目产出",
            "Output",
            about: [.achievement],
            to: [.project, .platform],
            slot: .object,
            source: "B39"
        ),
        StatementDefinition(
            "scenario_stage",
            "场景阶段",
            "Stage of a scenario",
            about: [.project],
            term: "scenario_stage",
            slot: .subject,
            source: "B36",
            fields: [FieldDefinition("score", "评估得分", "Score", .decimal, range: (.zero, nil), source: "B36")]
        ),
        StatementDefinition(
            "project_phase",
            "建设阶段",
            "Phase of a digital project",
            about: [.project],
            choices: [
                .init("proposal", "立项申报", "Proposal"), .init("review", "方案评审", "Review"),
                .init("procurement", "采购", "Procurement"), .init("construction", "建设", "Construction"),
                .init("trial", "试运行", "Trial"), .init("acceptance", "验收", "Acceptance"),
                .init("operation", "运维", "Operation"), .init("retired", "下线", "Retired"),
            ],
            slot: .subject,
            source: "B37"
        ),
    ]

    private static func verdict(source: String) -> FieldDefinition {
        FieldDefinition(
            "verdict",
            "结论",
            "Verdict",
            .choice,
            choices: [
                .init("passed", "通过", "Passed"), .init("conditional", "整改后通过", "Passed on condition"),
                .init("failed", "未通过", "Failed"),
            ],
            source: source
        )
    }
}
