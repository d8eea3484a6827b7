/// Short lists that the population is drawn from. Codes are those of the register's vocabularies.
enum SyntheticTables {
    /// Regions of the corridor and how many of a thousand records lie there.
    static let regions = WeightedTexts([
        ("corridor.future", 270), ("corridor.zijingang", 170), ("corridor.qingshanhu", 120), ("corridor.yuncheng", 90),
        ("330110", 110), ("330106", 90), ("330112", 60), ("330111", 40), ("corridor.wing.north.moganshan", 30),
        ("330108", 20),
    ])

    /// A trade: class of GB/T 4754, words of names, node of the chains, fields of study and research, whether STEM.
    struct Trade: Sendable {
        let industry: String
        let words: [String]
        let chain: String
        let field: String
        let majors: [String]
        let isSTEM: Bool
    }

    static let trades = [
        Trade(
            industry: "I6513",
            words: ["智能科技", "人工智能"],
            chain: "123x.1.ai",
            field: "人工智能",
            majors: ["计算机科学与技术", "自动化"],
            isSTEM: true
        ),
        Trade(
            industry: "I6550",
            words: ["云计算", "数据科技"],
            chain: "123x.1.cloud",
            field: "云计算",
            majors: ["软件工程", "数据科学"],
            isSTEM: true
        ),
        Trade(
            industry: "C3973",
            words: ["微电子", "半导体"],
            chain: "123x.1.ic",
            field: "集成电路",
            majors: ["微电子学", "电子科学与技术"],
            isSTEM: true
        ),
        Trade(
            industry: "I6531",
            words: ["物联网科技", "通信技术"],
            chain: "123x.1.iot5g",
            field: "通信",
            majors: ["通信工程", "信息与通信工程"],
            isSTEM: true
        ),
        Trade(
            industry: "C2761",
            words: ["生物医药", "基因科技"],
            chain: "123x.2.life.drug",
            field: "创新药物",
            majors: ["生物学", "药学"],
            isSTEM: true
        ),
        Trade(
            industry: "C3581",
            words: ["医疗器械", "医学影像"],
            chain: "123x.2.life.device",
            field: "医疗器械",
            majors: ["生物医学工程"],
            isSTEM: true
        ),
        Trade(
            industry: "C3491",
            words: ["机器人", "智能装备"],
            chain: "123x.2.equipment.smart",
            field: "智能装备",
            majors: ["机械工程", "控制科学与工程"],
            isSTEM: true
        ),
        Trade(
            industry: "M7320",
            words: ["量子科技", "新材料研究"],
            chain: "123x.x.quantum",
            field: "量子信息",
            majors: ["物理学", "材料科学与工程"],
            isSTEM: true
        ),
        Trade(
            industry: "J6760",
            words: ["创业投资", "资本管理"],
            chain: "123x.3.venture",
            field: "科技金融",
            majors: ["金融学", "会计学"],
            isSTEM: false
        ),
        Trade(
            industry: "L7262",
            words: ["人力资源", "企业服务"],
            chain: "123x.3.hr",
            field: "人力资源",
            majors: ["工商管理", "法学"],
            isSTEM: false
        ),
    ]

    /// Bodies that are no firms: name, type. Their names say that they are samples.
    static let organisations: [(name: String, type: String)] =
        ["紫金", "西溪", "青山", "良渚", "南湖", "云城", "临平", "富春"].flatMap { name in
            [(name + "示例大学", "university"), (name + "示例研究院", "institute"), (name + "示例医院", "hospital")]
        }

    /// Schools of education.
    static let schools = [
        "浙江大学", "杭州电子科技大学", "浙江工业大学", "西湖大学", "上海交通大学", "复旦大学", "同济大学", "南京大学", "东南大学", "中国科学技术大学",
        "清华大学", "北京大学", "哈尔滨工业大学", "华中科技大学", "西安交通大学", "四川大学", "浙江农林大学", "杭州师范大学",
    ]

    /// Schools abroad.
    static let schoolsAbroad = [
        "Massachusetts Institute of Technology", "Technische Universität München", "École Polytechnique",
        "National University of Singapore", "University of Cambridge", "東京大学", "香港科技大學",
    ]

    /// The first part of firms' names.
    static let nameCharacters = WeightedTexts(falling: "华智云海天博信科新恒安瑞创达远联中杰星源鑫诚睿启明腾宇光和泰晟嘉锐康凌元盛力盈思")

    /// Places of origin and of destination.
    static let places = ["上海市", "北京市", "深圳市", "南京市", "苏州市", "合肥市", "武汉市", "西安市", "成都市", "广州市"]
}
