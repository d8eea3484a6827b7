extension RecordModel {
    /// What ties persons to others: posts, pay, teams, firms, stays.
    static let careerStatements: [StatementDefinition] = [
        // Sum of shares: a person's posts of one day are parts of one person.
        StatementDefinition(
            "employment",
            "任职",
            "Employment",
            about: [.talent],
            to: [.enterprise, .organisation, .platform],
            term: "employment_mode",
            slot: .object,
            shares: .subject,
            source: "A05 A06",
            fields: [
                FieldDefinition("position", "职务", "Position", .text, maximumLength: 200, source: "A05"),
                FieldDefinition("category", "岗位类别", "Job category", .term, of: "job_category", source: "A07"),
                FieldDefinition("grade", "职级", "Grade", .text, maximumLength: 100, source: "A07"),
            ]
        ),
        StatementDefinition(
            "pay",
            "薪酬与激励",
            "Pay and incentive",
            about: [.talent],
            to: [.enterprise, .organisation, .project],
            needsObject: false,
            term: "pay_mode",
            slot: .pair,
            source: "A08",
            fields: [
                FieldDefinition(
                    "amount",
                    "年度金额",
                    "Amount a year",
                    .decimal,
                    unit: "万元",
                    range: (.zero, nil),
                    privacy: .personal,
                    source: "A08"
                ),
                FieldDefinition("basis", "依据", "Basis", .text, privacy: .internal, source: "A09"),
            ]
        ),
        StatementDefinition(
            "membership",
            "团队成员",
            "Membership of a team",
            about: [.talent],
            to: [.team],
            choices: [.init("leader", "带头人", "Leader"), .init("member", "成员", "Member")],
            slot: .object,
            source: "A04"
        ),
        StatementDefinition(
            "enterprise_role",
            "企业角色",
            "Role in a firm",
            about: [.talent],
            to: [.enterprise],
            choices: [
                .init("founder", "创始人", "Founder"), .init("legal_representative", "法定代表人", "Legal representative"),
                .init("chief_scientist", "首席科学家", "Chief scientist"), .init("shareholder", "股东", "Shareholder"),
                .init("director", "董事", "Director"),
            ],
            slot: .pair,
            shares: .free,
            source: "A15"
        ),
        StatementDefinition(
            "stay",
            "在站",
            "Stay at a station",
            about: [.talent],
            to: [.platform],
            choices: [
                .init("postdoctoral", "博士后", "Postdoctoral researcher"), .init("academician", "院士", "Academician"),
                .init("expert", "专家", "Expert"), .init("intern", "实习", "Intern"), .init("student", "留学生", "Student"),
            ],
            slot: .object,
            source: "A19 A24",
            fields: [FieldDefinition("topic", "课题", "Topic", .text, maximumLength: 500, source: "A24")]
        ),
        StatementDefinition(
            "project_role",
            "项目角色",
            "Role in a project",
            about: [.talent, .team],
            to: [.project],
            choices: [
                .init("leader", "负责人", "Leader"), .init("chief_scientist", "首席科学家", "Chief scientist"),
                .init("chief_expert", "首席专家", "Chief expert"), .init("member", "成员", "Member"),
                .init("reviewer", "评审专家", "Reviewer"),
            ],
            slot: .pair,
            source: "B19",
            fields: [FieldDefinition("mandate", "职责", "Mandate", .text, source: "B19")]
        ),
        StatementDefinition(
            "authorship",
            "完成人",
            "Authorship",
            about: [.talent, .team],
            to: [.achievement],
            slot: .object,
            source: "B29",
            fields: [
                FieldDefinition(
                    "place",
                    "排名",
                    "Place",
                    .integer,
                    range: (ExactDecimal(1), ExactDecimal(10_000)),
                    source: "B29"
                )
            ]
        ),
    ]
}
