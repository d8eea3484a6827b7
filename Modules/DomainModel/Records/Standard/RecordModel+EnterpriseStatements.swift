extension RecordModel {
    private static func yuan(
        _ code: String,
        _ zh: String,
        _ en: String,
        isSigned: Bool = false,
        _ source: String
    )
        -> FieldDefinition
    {
        FieldDefinition(code, zh, en, .decimal, unit: "万元", range: (isSigned ? nil : .zero, nil), source: source)
    }

    private static func heads(_ code: String, _ zh: String, _ en: String, _ source: String) -> FieldDefinition {
        FieldDefinition(code, zh, en, .integer, unit: "人", range: (.zero, nil), source: source)
    }

    /// What is said of firms: ladder, titles, lists, figures, capital, moves.
    static let enterpriseStatements: [StatementDefinition] = [
        StatementDefinition(
            "stage",
            "发展阶段",
            "Stage",
            about: [.enterprise],
            term: "enterprise_stage",
            slot: .term,
            source: "B01"
        ),
        StatementDefinition(
            "title",
            "企业资质",
            "Title",
            about: [.enterprise],
            term: "enterprise_title",
            slot: .term,
            source: "B03",
            fields: [
                FieldDefinition("certificate", "证书编号", "Certificate", .text, maximumLength: 100, source: "B03"),
                FieldDefinition("issuer", "发证机关", "Issuer", .text, maximumLength: 200, source: "B03"),
                FieldDefinition("evaluation_year", "评价年度", "Year of evaluation", .year, source: "B04"),
                FieldDefinition("list_number", "公示批次", "List", .text, maximumLength: 100, source: "B04"),
            ]
        ),
        StatementDefinition(
            "reserve",
            "培育库",
            "Nurture pool",
            about: [.enterprise],
            choices: [
                .init("listing", "上市后备", "Listing reserve"), .init("unicorn_seed", "独角兽种子", "Unicorn seed"),
                .init("double_hundred", "双百", "Double hundred"), .init("hidden_champion", "隐形冠军培育", "Hidden champion"),
                .init("star_candidate", "拟上科创板", "STAR candidate"),
            ],
            slot: .term,
            source: "B05",
            fields: [
                FieldDefinition("progress", "进展", "Progress", .text, source: "B05"),
                FieldDefinition("exit_reason", "出库原因", "Reason for leaving", .text, source: "B05"),
            ]
        ),
        StatementDefinition(
            "listing",
            "上市挂牌",
            "Listing",
            about: [.enterprise],
            choices: [
                .init("sse_main", "上交所主板", "SSE Main Board"), .init("star", "科创板", "STAR Market"),
                .init("szse_main", "深交所主板", "SZSE Main Board"), .init("chinext", "创业板", "ChiNext"),
                .init("bse", "北交所", "BSE"), .init("neeq", "新三板", "NEEQ"),
                .init("regional", "区域性股权市场", "Regional equity market"), .init("hkex", "港交所", "HKEX"),
                .init("nasdaq", "纳斯达克", "Nasdaq"), .init("nyse", "纽交所", "NYSE"), .init("other", "其他", "Other"),
            ],
            slot: .term,
            source: "B06",
            fields: [
                FieldDefinition("stock_code", "股票代码", "Stock code", .text, maximumLength: 20, source: "B06"),
                FieldDefinition("adviser", "保荐机构", "Adviser", .text, maximumLength: 200, source: "B06"),
            ]
        ),
        StatementDefinition(
            "chain_node",
            "产业链节点",
            "Node of a chain",
            about: [.enterprise, .platform, .project],
            term: "industry_chain",
            slot: .term,
            source: "F04",
            fields: [
                FieldDefinition(
                    "role",
                    "角色",
                    "Role",
                    .choice,
                    choices: [
                        .init("leader", "链主", "Leader"), .init("core", "核心", "Core"),
                        .init("supporting", "配套", "Supporting"),
                    ],
                    source: "F04"
                )
            ]
        ),
        StatementDefinition(
            "figures",
            "年度数据",
            "Yearly figures",
            about: [.enterprise, .organisation, .platform],
            slot: .subject,
            source: "B07",
            fields: [
                yuan("revenue", "营业收入", "Revenue", "B07"),
                yuan("profit", "利润总额", "Profit", isSigned: true, "B08"),
                yuan("tax", "税收", "Tax", "B08"), yuan("rd_spending", "研发经费", "R&D spending", "B11"),
                yuan("assets", "资产总额", "Assets", "B11"), yuan("exports", "出口额", "Exports", "B11"),
                heads("employees", "从业人员", "Employees", "B11"), heads("rd_staff", "研发人员", "R&D staff", "B11"),
                FieldDefinition("platform_users", "平台用户数", "Users", .integer, range: (.zero, nil), source: "B07"),
            ]
        ),
        StatementDefinition(
            "investment",
            "投资",
            "Investment",
            about: [.enterprise, .organisation, .talent],
            to: [.enterprise],
            shares: .free,
            source: "B15",
            fields: [
                FieldDefinition("round", "轮次", "Round", .text, maximumLength: 50, source: "B08"),
                yuan("amount", "金额", "Amount", "B08"), yuan("valuation", "估值", "Valuation", "B08"),
            ]
        ),
        StatementDefinition(
            "parent",
            "母公司",
            "Parent",
            about: [.enterprise, .platform],
            to: [.enterprise, .organisation],
            slot: .object,
            shares: .subject,
            source: "B09"
        ),
        StatementDefinition(
            "move",
            "迁移",
            "Move",
            about: [.enterprise],
            choices: [
                .init("in", "迁入", "In"), .init("out", "迁出", "Out"), .init("within", "区内迁移", "Within"),
            ],
            source: "E26",
            fields: [
                FieldDefinition("from", "迁出地", "From", .text, maximumLength: 200, source: "E26"),
                FieldDefinition("to", "迁入地", "To", .text, maximumLength: 200, source: "E26"),
                FieldDefinition("reason", "原因", "Reason", .text, privacy: .internal, source: "E26"),
            ]
        ),
    ]
}
