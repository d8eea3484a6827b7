extension RecordModel {
    /// The names that all kinds but persons have.
    static func nameFields(source: String) -> [FieldDefinition] {
        [
            FieldDefinition("name_zh", "中文名称", "Chinese name", .text, maximumLength: 200, source: source),
            FieldDefinition("name_en", "英文名称", "English name", .text, maximumLength: 200, source: source),
            FieldDefinition(
                "names_former",
                "曾用名",
                "Former names",
                .text,
                maximumLength: 200,
                isMany: true,
                source: source
            ),
        ]
    }

    /// Where it lies and what remains to be said: every kind ends with these.
    static func commonFields(source: String, privacyOfNote: PrivacyClass = .internal) -> [FieldDefinition] {
        [
            FieldDefinition("region", "所在地区", "Region", .region, source: source),
            FieldDefinition("note", "备注", "Note", .text, privacy: privacyOfNote, source: source),
        ]
    }

    /// The document that a record was taken from, and the place in it: for kinds that are gathered from documents.
    static func documentFields(source: String) -> [FieldDefinition] {
        [
            FieldDefinition("source_file", "出处文件", "Source document", .text, source: source),
            FieldDefinition("source_locator", "出处位置", "Place in the document", .text, source: source),
        ]
    }

    /// Degrees. Source: GB/T 6864-2003, by level.
    static let degrees = [
        FieldDefinition.Choice("doctor", "博士", "Doctor"),
        FieldDefinition.Choice("master", "硕士", "Master"),
        FieldDefinition.Choice("bachelor", "学士", "Bachelor"),
        FieldDefinition.Choice("associate", "专科", "Associate"),
        FieldDefinition.Choice("secondary", "中等教育", "Secondary"),
    ]

    static let talentFields: [FieldDefinition] =
        [
            FieldDefinition(
                "name_zh",
                "中文姓名",
                "Chinese name",
                .text,
                maximumLength: 100,
                privacy: .identifying,
                source: "A01"
            ),
            FieldDefinition(
                "name_pinyin",
                "姓名拼音",
                "Name in pinyin",
                .text,
                maximumLength: 200,
                privacy: .identifying,
                source: "A01"
            ),
            FieldDefinition(
                "name_foreign",
                "外文姓名",
                "Foreign name",
                .text,
                maximumLength: 200,
                privacy: .identifying,
                source: "A01"
            ),
            FieldDefinition(
                "names_former",
                "曾用名",
                "Former names",
                .text,
                maximumLength: 200,
                isMany: true,
                privacy: .identifying,
                source: "A01"
            ),
            // Source of the codes' meaning: GB/T 2261.1-2003.
            FieldDefinition(
                "sex",
                "性别",
                "Sex",
                .choice,
                choices: [
                    .init("male", "男", "Male"), .init("female", "女", "Female"), .init("unstated", "未说明", "Not stated"),
                ],
                privacy: .personal,
                source: "A01"
            ),
            FieldDefinition("birth_date", "出生日期", "Date of birth", .date, privacy: .personal, source: "A01"),
            // Source: ISO 3166-1 alpha-3, as in GB/T 2659.1-2022.
            FieldDefinition(
                "nationality",
                "国籍",
                "Nationality",
                .text,
                maximumLength: 3,
                pattern: "[A-Z]{3}",
                privacy: .internal,
                source: "A18"
            ),
            FieldDefinition(
                "resident_id",
                "公民身份号码",
                "Resident identity number",
                .identifier,
                identifier: .residentIdentity,
                privacy: .sealed,
                source: "A01"
            ),
            FieldDefinition(
                "passport",
                "护照号码",
                "Passport number",
                .identifier,
                identifier: .passport,
                privacy: .sealed,
                source: "A18"
            ),
            FieldDefinition(
                "residence_card",
                "外国人永久居留身份证号码",
                "Permanent residence number",
                .identifier,
                identifier: .foreignResidence,
                privacy: .sealed,
                source: "A18"
            ),
            FieldDefinition(
                "orcid",
                "ORCID",
                "ORCID iD",
                .identifier,
                identifier: .orcid,
                privacy: .identifying,
                source: "A01"
            ),
            FieldDefinition(
                "isni",
                "ISNI",
                "ISNI",
                .identifier,
                identifier: .isni,
                privacy: .identifying,
                source: "A01"
            ),
            FieldDefinition("telephone", "电话", "Telephone", .telephone, isMany: true, privacy: .sealed, source: "A01"),
            FieldDefinition("mail", "电子邮件", "Mail", .mail, isMany: true, privacy: .sealed, source: "A01"),
            FieldDefinition(
                "address",
                "住址",
                "Home address",
                .text,
                maximumLength: 500,
                privacy: .sealed,
                source: "A01"
            ),
            FieldDefinition(
                "bank_account",
                "银行账号",
                "Bank account",
                .text,
                maximumLength: 64,
                privacy: .sealed,
                source: "A01"
            ),
            FieldDefinition(
                "degree",
                "最高学位",
                "Highest degree",
                .choice,
                choices: degrees,
                privacy: .internal,
                source: "A12"
            ),
            FieldDefinition("major", "所学专业", "Field of study", .text, maximumLength: 200, source: "A12"),
            FieldDefinition("is_stem", "是否 STEM 专业", "STEM", .boolean, source: "A12"),
            FieldDefinition(
                "research_fields",
                "研究领域",
                "Fields of research",
                .text,
                maximumLength: 200,
                isMany: true,
                source: "A01"
            ),
            FieldDefinition("introduced_on", "引进日期", "Date of introduction", .date, source: "A02"),
            FieldDefinition(
                "talent_code",
                "人才码",
                "Talent code",
                .text,
                maximumLength: 64,
                privacy: .identifying,
                source: "E01"
            ),
            FieldDefinition("homepage", "主页", "Home page", .url, privacy: .identifying, source: "A01"),
        ] + commonFields(source: "A01", privacyOfNote: .identifying)

    static let teamFields: [FieldDefinition] =
        nameFields(source: "A04") + [
            FieldDefinition("field", "领域", "Field", .text, maximumLength: 200, source: "A04"),
            FieldDefinition("arrived_on", "引进日期", "Date of arrival", .date, source: "A04"),
        ] + commonFields(source: "A04")
}
