extension SyntheticNames {
    /// A time of birth and what names were made of then.
    struct Cohort: Sendable {
        let first: Int
        /// How many in a thousand have a given name of one character.
        let singlePerMille: Int
        let male: WeightedTexts
        let female: WeightedTexts
    }

    /// Surnames in persons of a million, and those of two characters.
    ///
    /// Sources: the ten commonest by the sixth census of 2010; the order of the hundred commonest, which 84.77 % have, by
    /// the Ministry of Public Security, 2007-04-24, with weights that fall evenly in between; compound surnames by the
    /// ministry's 全国姓名报告 of 2020. Rarer ones, many with a reading of their own, share the rest.
    static let surnames: WeightedTexts = {
        let counted = [71_000, 69_600, 64_200, 51_600, 42_600, 29_700, 21_600, 20_300, 18_800, 17_800]
        let common = Array(
            """
            王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏\
            韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤
            """
        )
        var pairs: [(text: String, weight: Int)] = []
        var next = 13_500
        for (place, surname) in common.enumerated() {
            pairs.append((String(surname), place < 10 ? counted[place] : max(1_700, next)))
            if place >= 10 { next = next * 9_715 / 10_000 }
        }
        let rare =
            "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
        pairs += rare.map { (String($0), 152_300 / rare.count) }
        let compound = [
            ("欧阳", 1_112), ("上官", 88), ("皇甫", 64), ("令狐", 55), ("诸葛", 48), ("司徒", 47), ("司马", 23), ("申屠", 19),
            ("夏侯", 11), ("贺兰", 10), ("完颜", 6), ("慕容", 5), ("尉迟", 4), ("长孙", 3),
        ]
        // Of 1.4 thousand million people, in thousands; at least one in a million, so that small samples may have them.
        pairs += compound.map { (text: $0.0, weight: max(1, $0.1 * 1_000 / 1_400)) }
        return WeightedTexts(pairs)
    }()

    /// Characters in the manner of the lists by decade of birth in the 全国姓名报告 of 2020 and 2021; the weights are made up.
    static let cohorts = [
        Cohort(
            first: 1_900,
            singlePerMille: 80,
            male: WeightedTexts(falling: "国建明德文华军平志荣林生福金玉海春庆成永新永光忠义清祥发贵宝根水"),
            female: WeightedTexts(falling: "英秀玉兰桂珍凤芳梅华莲香琴云霞春红彩爱金美娥娟素淑")
        ),
        Cohort(
            first: 1_970,
            singlePerMille: 260,
            male: WeightedTexts(falling: "勇军伟强建国志刚斌华平明海波峰辉涛超杰东文宏晓春永新健立林亮鹏飞"),
            female: WeightedTexts(falling: "丽艳红敏芳静霞燕英玲娟娜萍琴洁华春梅莉晓雪琳蓉慧云凤")
        ),
        Cohort(
            first: 1_985,
            singlePerMille: 240,
            male: WeightedTexts(falling: "伟杰磊鹏超浩涛俊宇斌龙飞凯帅博峰旭阳晨亮文志明晓一鑫强辉健翔威子"),
            female: WeightedTexts(falling: "婷静丽雪敏倩莹佳娜丹晶晶玉琳思颖慧洁梦雅欣文晓璐瑶媛萍乐茜")
        ),
        Cohort(
            first: 1_998,
            singlePerMille: 90,
            male: WeightedTexts(falling: "宇浩子轩泽俊杰博文嘉天一明睿辰航涵昊然铭皓翔逸晨诚煜瑞哲毅恒"),
            female: WeightedTexts(falling: "欣雨子佳怡涵诗梦梓萱思雅文琪悦颖彤语晨可嘉依妍婷瑶琳宁若希乐")
        ),
    ]

    /// A country and common names of it.
    struct Country: Sendable {
        let code: String
        let male: [String]
        let female: [String]
        let surnames: [String]
    }

    /// Countries from which talents come.
    static let abroad = [
        Country(
            code: "USA",
            male: ["James", "Michael", "Robert", "David", "William"],
            female: ["Mary", "Jennifer", "Linda", "Elizabeth", "Susan"],
            surnames: ["Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "O'Neill"]
        ),
        Country(
            code: "DEU",
            male: ["Thomas", "Jürgen", "Andreas", "Stefan"],
            female: ["Ursula", "Käthe", "Sabine", "Monika"],
            surnames: ["Müller", "Schmidt", "Schneider", "Weiß", "Jäger"]
        ),
        Country(
            code: "FRA",
            male: ["Jean-Pierre", "François", "Michel", "André"],
            female: ["Hélène", "Françoise", "Marie-Claire", "Zoé"],
            surnames: ["Martin", "Bernard", "Lefèvre", "Gautier", "Noël"]
        ),
        Country(
            code: "POL",
            male: ["Łukasz", "Paweł", "Michał"],
            female: ["Agnieszka", "Małgorzata", "Elżbieta"],
            surnames: ["Nowak", "Kowalczyk", "Wójcik", "Zieliński"]
        ),
        Country(
            code: "RUS",
            male: ["Ivan", "Sergei", "Dmitri"],
            female: ["Olga", "Elena", "Natalia"],
            surnames: ["Sokolov", "Morozov", "Popov", "Volkov"]
        ),
        Country(
            code: "IND",
            male: ["Rajesh", "Amit", "Sanjay"],
            female: ["Priya", "Anita", "Sunita"],
            surnames: ["Sharma", "Patel", "Gupta", "Singh"]
        ),
    ]
}
