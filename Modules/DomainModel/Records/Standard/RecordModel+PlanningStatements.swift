extension RecordModel {
    /// What talent programmes say of people who are not there yet: cohorts in training, scarce occupations, catalogues.
    static let planningStatements: [StatementDefinition] = [
        StatementDefinition(
            "training_cohort",
            "培养批次",
            "Cohort in training",
            about: [.programme],
            to: [.organisation],
            needsObject: false,
            choices: [
                .init("upper_secondary", "高中", "Upper secondary school"), .init("university", "高校", "University"),
                .init("vocational", "职业培训", "Vocational training"),
            ],
            source: "A13",
            fields: [
                FieldDefinition("name", "批次名称", "Name", .text, maximumLength: 200, isRequired: true, source: "A13"),
                FieldDefinition("major", "专业方向", "Field of study", .text, maximumLength: 200, source: "A13"),
                FieldDefinition("is_stem", "是否STEM", "STEM", .boolean, source: "A13"),
                FieldDefinition("size", "人数", "Persons", .integer, unit: "人", range: (.zero, nil), source: "A13"),
            ]
        ),
        StatementDefinition(
            "scarce_occupation",
            "紧缺人才",
            "Scarce occupation",
            about: [.programme, .enterprise, .organisation],
            choices: [.init("introduce", "引进", "To bring in"), .init("train", "培养", "To train")],
            source: "A16",
            fields: [
                FieldDefinition(
                    "occupation",
                    "职业",
                    "Occupation",
                    .text,
                    maximumLength: 200,
                    isRequired: true,
                    source: "A16"
                ),
                FieldDefinition("year", "年度", "Year", .year, source: "A16"),
                FieldDefinition(
                    "need",
                    "需求人数",
                    "Persons needed",
                    .integer,
                    unit: "人",
                    range: (.zero, nil),
                    source: "A16"
                ),
                FieldDefinition(
                    "priority",
                    "紧缺程度",
                    "Priority",
                    .choice,
                    choices: [
                        .init("critical", "非常紧缺", "Critical"), .init("high", "紧缺", "High"),
                        .init("normal", "一般紧缺", "Normal"),
                    ],
                    source: "A16"
                ),
            ]
        ),
        // Published at set intervals: the day when the next one is due lets a late one be seen.
        StatementDefinition(
            "recruitment_catalogue",
            "引才目录",
            "Recruitment catalogue",
            about: [.programme],
            term: "industry_chain",
            source: "A17",
            fields: [
                FieldDefinition("title", "目录名称", "Title", .text, maximumLength: 200, isRequired: true, source: "A17"),
                FieldDefinition(
                    "demand",
                    "需求人数",
                    "Persons wanted",
                    .integer,
                    unit: "人",
                    range: (.zero, nil),
                    source: "A17"
                ),
                FieldDefinition("next_due_on", "下次发布日期", "Next one due on", .date, source: "A17"),
                FieldDefinition("map", "人才地图", "Talent map", .url, source: "A17"),
            ]
        ),
    ]
}
