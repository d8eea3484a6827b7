extension RecordModel {
    static let platformFields: [FieldDefinition] =
        nameFields(source: "B12") + [
            FieldDefinition(
                "type",
                "平台类型",
                "Type",
                .term,
                of: "platform_type",
                isRequired: true,
                source: "B12"
            ),
            FieldDefinition("layer", "创新层次", "Layer", .term, of: "innovation_layer", source: "B12"),
            FieldDefinition(
                "status",
                "状态",
                "Status",
                .choice,
                choices: [
                    .init("planned", "规划", "Planned"), .init("building", "在建", "Building"),
                    .init("operating", "运行", "Operating"), .init("ended", "终止", "Ended"),
                ],
                source: "B12"
            ),
            FieldDefinition(
                "status_printed",
                "状态原文",
                "Status as printed",
                .text,
                maximumLength: 200,
                source: "B12"
            ),
            FieldDefinition("focus", "研究方向", "Focus", .text, source: "B12"),
            // The statement `host` says the same where the host is in the register.
            FieldDefinition("host_name", "依托单位名称", "Name of the host", .text, maximumLength: 200, source: "B12"),
            FieldDefinition("founded_on", "成立日期", "Date of foundation", .date, source: "B12"),
            FieldDefinition(
                "floor_area",
                "建筑面积",
                "Floor area",
                .decimal,
                unit: "平方米",
                range: (.zero, nil),
                source: "B14"
            ),
            FieldDefinition(
                "capacity",
                "可入驻数",
                "Capacity",
                .integer,
                unit: "家",
                range: (.zero, nil),
                source: "B14"
            ),
            FieldDefinition("is_shared", "是否开放共享", "Open for shared use", .boolean, source: "B31"),
            FieldDefinition("services", "服务内容", "Services", .text, isMany: true, source: "B40"),
            FieldDefinition("homepage", "网站", "Web site", .url, source: "B12"),
        ] + documentFields(source: "A01") + commonFields(source: "B12")

    static let projectFields: [FieldDefinition] =
        nameFields(source: "B17") + [
            FieldDefinition("number", "项目编号", "Number", .text, maximumLength: 100, source: "B17"),
            FieldDefinition(
                "type",
                "项目类型",
                "Type",
                .choice,
                choices: [
                    .init("research", "科研项目", "Research"), .init("challenge", "揭榜项目", "Open challenge"),
                    .init("investment", "重大投资项目", "Investment"), .init("digital", "数字化项目", "Digital government"),
                    .init("flagship", "人才标志性项目", "Talent flagship"),
                    .init("scenario", "应用场景", "Application scenario"),
                ],
                isRequired: true,
                source: "B17"
            ),
            FieldDefinition(
                "level",
                "级别",
                "Level",
                .choice,
                choices: [
                    .init("national", "国家级", "National"), .init("provincial", "省级", "Provincial"),
                    .init("municipal", "市级", "Municipal"), .init("district", "区级", "District"),
                ],
                source: "B17"
            ),
            FieldDefinition("field", "领域", "Field", .text, maximumLength: 200, source: "B17"),
            FieldDefinition("starts_on", "开始日期", "Begins on", .date, source: "B17"),
            FieldDefinition("ends_on", "计划结束日期", "Planned to end on", .date, source: "B17"),
            FieldDefinition("budget", "总预算", "Budget", .decimal, unit: "万元", range: (.zero, nil), source: "B17"),
            FieldDefinition("goal", "目标", "Goal", .text, source: "B24"),
            FieldDefinition(
                "filing_route",
                "立项通道",
                "Route of filing",
                .choice,
                choices: [.init("regular", "常规", "Regular"), .init("express", "快速通道", "Express")],
                source: "B23"
            ),
            FieldDefinition("plan_unit", "计划单列单元", "Unit of the plan", .text, maximumLength: 200, source: "B23"),
            FieldDefinition(
                "land_area",
                "用地面积",
                "Land",
                .decimal,
                unit: "亩",
                range: (.zero, nil),
                source: "B32"
            ),
        ] + commonFields(source: "B17")
}
