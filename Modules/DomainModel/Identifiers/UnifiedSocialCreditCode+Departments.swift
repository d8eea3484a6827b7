extension UnifiedSocialCreditCode {
    /// A department that registers organisations, and the categories it tells apart.
    struct Department: Sendable {
        let name: LocalizedText
        let categories: [UInt8: (String, String)]

        init(_ zh: String, _ en: String, _ categories: [Character: (String, String)]) {
            name = LocalizedText(zh: zh, en: en)
            self.categories = Dictionary(uniqueKeysWithValues: categories.map { ($0.asciiValue ?? 0, $1) })
        }
    }

    /// The departments by their character. Categories that are not listed are no fault: departments add some.
    ///
    /// Source: GB 32100-2015 table 1 and amendment 1 of 2016.
    static let departments: [UInt8: Department] = {
        let other = ("其他", "other")
        let all: [Character: Department] = [
            "1": Department(
                "机构编制",
                "establishment",
                [
                    "1": ("机关", "organ of state"), "2": ("事业单位", "public institution"),
                    "3": ("编办直接管理机构编制的群众团体", "mass organisation"), "9": other,
                ]
            ),
            "2": Department("外交", "foreign affairs", ["1": ("外国常驻新闻机构", "foreign news agency"), "9": other]),
            "3": Department(
                "司法行政",
                "justice",
                [
                    "1": ("律师执业机构", "law firm"), "2": ("公证处", "notary office"),
                    "3": ("基层法律服务所", "local legal service"), "4": ("司法鉴定机构", "forensic institution"),
                    "5": ("仲裁委员会", "arbitration commission"), "9": other,
                ]
            ),
            "4": Department("文化", "culture", ["1": ("外国在华文化中心", "foreign cultural centre"), "9": other]),
            "5": Department(
                "民政",
                "civil affairs",
                [
                    "1": ("社会团体", "association"), "2": ("民办非企业单位", "private non-enterprise unit"),
                    "3": ("基金会", "foundation"), "9": other,
                ]
            ),
            "6": Department(
                "旅游",
                "tourism",
                [
                    "1": ("外国旅游部门常驻代表机构", "office of a foreign tourism authority"),
                    "2": ("港澳台地区旅游部门常驻内地代表机构", "office of a tourism authority of Hong Kong, Macao or Taiwan"),
                    "9": other,
                ]
            ),
            "7": Department(
                "宗教",
                "religious affairs",
                ["1": ("宗教活动场所", "place of worship"), "2": ("宗教院校", "seminary"), "9": other]
            ),
            "8": Department("工会", "trade unions", ["1": ("基层工会", "local union"), "9": other]),
            "9": Department(
                "工商（市场监管）",
                "market regulation",
                [
                    "1": ("企业", "enterprise"), "2": ("个体工商户", "individual business"),
                    "3": ("农民专业合作社", "farmers' cooperative"), "9": other,
                ]
            ),
            "A": Department(
                "中央军委改革和编制办公室",
                "Central Military Commission",
                ["1": ("军队事业单位", "military institution"), "9": other]
            ),
            "N": Department(
                "农业",
                "agriculture",
                [
                    "1": ("组级集体经济组织", "collective of a group"), "2": ("村级集体经济组织", "collective of a village"),
                    "3": ("乡镇级集体经济组织", "collective of a township"), "9": other,
                ]
            ),
            "Y": Department("其他", "other", ["1": other]),
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.asciiValue ?? 0, $1) })
    }()
}
