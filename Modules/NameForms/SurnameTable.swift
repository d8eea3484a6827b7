/// How characters are read as a surname, where that is not their usual reading, and surnames of two characters.
///
/// Source: 现代汉语词典, 7th edition (2016), the entries marked 姓 and the list of compound surnames within; 中国姓氏大辞典
/// (2010). Surnames that are read in two ways by their bearers have the commoner one first.
enum SurnameTable {
    /// The readings of a surname of one character, the likeliest first; none when it is read as usual.
    static func readings(of surname: Unicode.Scalar) -> [Pinyin] { single[surname] ?? [] }

    /// The reading of a surname of two characters; `nil` when they are not known to be one.
    static func reading(of first: Unicode.Scalar, _ second: Unicode.Scalar) -> [Pinyin]? {
        compound[String(String.UnicodeScalarView([first, second]))]
    }

    /// Surnames by their first reading; a further one after a slash.
    private static let singleText = """
        单shan 單shan 仇qiu 解xie 查zha 曾zeng 区ou 區ou 朴piao/pu 盖ge/gai 蓋ge/gai 员yun 員yun 缪miao/mou 繆miao/mou
        繁po 翟zhai/di 乐yue/le 樂yue/le 覃qin/tan 召shao 洗xian 秘bi 折she 种chong 黑he 阚kan 郗xi/chi 祭zhai 佴nai
        能nai 乜nie 句gou/ju 牟mu/mou 隗wei/kui 郇xun/huan 藏zang 谌chen/shen 諶chen/shen 柏bai/bo 薄bo 卜bu 都du
        圈juan 适kuo 宓mi/fu 莘shen/xin 么yao 尉wei/yu 郄qie/xi 賁ben 且ju
        """

    /// Surnames of two characters, with the readings that differ from the usual ones.
    private static let compoundText = """
        欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟:yuchi 尉遲:yuchi 公孙 公孫 慕容 司徒 司空 端木 独孤 獨孤 南宫 南宮 西门 西門 呼延 轩辕 軒轅 宇文
        申屠 濮阳 濮陽 淳于 单于:chanyu 單于:chanyu 太叔 钟离 鐘離 鍾離 鲜于 鮮于 闻人 聞人 亓官 闾丘 閭丘 赫连 赫連 拓跋:tuoba 百里 东郭 東郭 谷梁 穀梁
        公冶 宗政 仲孙 仲孫 纳兰 納蘭 完颜 完顏 达奚 達奚 哥舒 夹谷 夾谷 宰父 巫马 巫馬 公西 漆雕 乐正:yuezheng 樂正:yuezheng 壤驷 壤駟 公良 梁丘 左丘 东门
        東門 第五 贺兰 賀蘭 羊舌 微生 颛孙 顓孫 耶律 叶赫 葉赫 万俟:moqi 萬俟:moqi 长孙:zhangsun 長孫:zhangsun 令狐:linghu 澹台:tantai
        澹臺:tantai 夏侯 司寇 子车:ziju 子車:ziju 公羊 毌丘:guanqiu 相里
        """

    private static let single: [Unicode.Scalar: [Pinyin]] = {
        var table: [Unicode.Scalar: [Pinyin]] = [:]
        for token in singleText.split(whereSeparator: \.isWhitespace) {
            guard let surname = token.unicodeScalars.first else { continue }
            let letters = Substring(token.unicodeScalars.dropFirst())
            table[surname] = letters.split(separator: "/").compactMap { PinyinTable.pinyin($0) }
        }
        return table
    }()

    private static let compound: [String: [Pinyin]] = {
        var table: [String: [Pinyin]] = [:]
        for token in compoundText.split(whereSeparator: \.isWhitespace) {
            let halves = token.split(separator: ":")
            let characters = Array(halves[0].unicodeScalars)
            guard characters.count == 2 else { continue }
            table[String(halves[0])] =
                halves.count == 2
                ? split(halves[1]) : characters.compactMap { PinyinTable.usual(of: $0) }
        }
        return table
    }()

    /// Parts the letters of two syllables.
    private static func split(_ letters: Substring) -> [Pinyin]? {
        for place in letters.indices.dropFirst() {
            guard let first = PinyinTable.pinyin(letters[..<place]) else { continue }
            if let second = PinyinTable.pinyin(letters[place...]) { return [first, second] }
        }
        return nil
    }
}
