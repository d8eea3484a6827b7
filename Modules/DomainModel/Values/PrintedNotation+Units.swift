extension PrintedNotation {
    /// A unit as printed: a power of ten in front (万, 亿), what is counted, and what it is counted per.
    ///
    /// Source: GB 3100-1993 for units; 万 and 亿 as in statistical yearbooks.
    struct Unit {
        /// The power of ten in front: 4 for 万, 8 for 亿, 12 for 万亿.
        let exponent: Int
        /// What is counted, without the power of ten and without what follows a slash.
        let base: Substring

        private static let exponents: [Character: Int] = ["十": 1, "百": 2, "千": 3, "万": 4, "亿": 8]

        /// Words that a number may be followed by. Others are not taken for units, so that no sentence is.
        private static let bases: [Substring] = [
            "%", "‰", "个百分点", "百分点", "元", "美元", "欧元", "人", "人次", "人年", "户", "家", "个", "名", "位", "件", "项", "条",
            "座", "套", "台", "台（套）", "台(套)", "台套", "台次", "架次", "所", "张", "只", "辆", "列", "艘", "场", "场次", "次", "批", "种",
            "类", "篇", "册", "部", "本", "支", "处", "幢", "栋", "间", "宗", "笔", "份", "枚", "盏", "株", "棵", "头", "村", "镇街", "街道",
            "标箱", "标准箱", "TEU", "吨", "公斤", "千克", "克", "吨标准煤", "微克", "毫克", "升", "公里", "千米", "米", "厘米", "毫米",
            "平方米", "平方公里", "平方千米", "立方米", "亩", "公顷", "千伏安", "伏安", "千瓦", "兆瓦", "千瓦时", "度", "年", "个月", "月",
            "周", "天", "日", "小时", "分钟", "秒", "岁", "年一遇", "倍", "分", "级", "点", "指数",
        ].sorted { $0.count > $1.count }

        /// Reads a unit such as a table prints beside a column: any words are what is counted.
        init(_ text: String) {
            var rest = text[...]
            var exponent = 0
            while let first = rest.first, let power = Self.exponents[first],
                !Self.bases.contains(where: { $0.count > 1 && rest.hasPrefix($0) })
            {
                exponent += power
                rest = rest.dropFirst()
            }
            self.exponent = exponent
            base = rest.prefix { $0 != "/" }
        }

        /// Takes a unit off the front of a text: powers of ten, a known word, and perhaps a slash with the same again.
        ///
        /// 余 and 多 may stand between powers of ten and word (三万余人); they are taken away and reported.
        ///
        /// - Returns: The unit as printed and whether 余 or 多 was there; `nil` when the text begins with no unit.
        static func take(from text: inout Substring) -> (printed: String, isOver: Bool)? {
            var rest = text
            var printed = takeExponent(&rest)
            var isOver = false
            if !printed.isEmpty, let first = rest.first, first == "余" || first == "多" {
                isOver = true
                rest = rest.dropFirst()
            }
            // 百亿级 is an order of magnitude, not so many grades.
            if printed.isEmpty || rest.first != "级", let base = takeBase(&rest) {
                printed += base
                var per = rest
                if per.first == "/" {
                    per = per.dropFirst()
                    let scale = takeExponent(&per)
                    if let counted = takeBase(&per) {
                        printed += "/" + scale + counted
                        rest = per
                    }
                }
            }
            guard !printed.isEmpty else { return nil }
            text = rest
            return (printed, isOver)
        }

        private static func takeExponent(_ text: inout Substring) -> String {
            var taken = ""
            while let first = text.first, exponents[first] != nil, !bases.contains(where: { text.hasPrefix($0) }) {
                taken.append(first)
                text = text.dropFirst()
            }
            return taken
        }

        private static func takeBase(_ text: inout Substring) -> Substring? {
            guard let base = bases.first(where: { text.hasPrefix($0) }) else { return nil }
            text = text.dropFirst(base.count)
            return base
        }
    }
}

extension PrintedNotation.Number {
    /// The value in another unit that differs by a power of ten (1万名 is 10000 in 名, 1万亿元 is 10000 in 亿元), or by
    /// hours and minutes.
    ///
    /// A number printed without a unit is in the table's own. Where the powers of ten are the same the words are not
    /// compared: measure words differ between a sentence and a table (35家 in a column of 个).
    ///
    /// - Parameter unit: A unit as printed: `亿元/年`.
    /// - Returns: The value; `nil` when the units differ by more, or when the result has too many decimal places.
    public func value(inUnit unit: String) -> ExactDecimal? {
        guard !self.unit.isEmpty, self.unit != unit else { return value }
        if self.unit == "小时", unit == "分钟" { return try? value.multiplied(by: ExactDecimal(60)) }
        let (own, other) = (PrintedNotation.Unit(self.unit), PrintedNotation.Unit(unit))
        let shift = own.exponent - other.exponent
        if shift == 0 { return value }
        guard own.base == other.base || own.base.isEmpty else { return nil }
        if shift > 0 {
            return try? value.multiplied(by: ExactDecimal(mantissa: ExactDecimal.powerOfTen(shift), scale: 0))
        }
        let scale = value.scale - shift
        return scale <= ExactDecimal.maximumScale ? ExactDecimal(mantissa: value.mantissa, scale: scale) : nil
    }
}
