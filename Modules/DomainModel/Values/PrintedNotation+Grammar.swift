extension PrintedNotation {
    /// The grammar of a printed number: what stands before it, the number, its unit, and what stands behind it.
    enum Grammar {
        // Longer words first where one begins another.
        private static let before: [(word: String, comparator: Comparator)] = [
            ("≥", .atLeast), (">=", .atLeast), ("≤", .atMost), ("<=", .atMost), (">", .moreThan), ("<", .lessThan),
            ("≈", .about), ("~", .about), ("=", .equal),
            ("不少于", .atLeast), ("不低于", .atLeast), ("不小于", .atLeast), ("至少", .atLeast),
            ("不超过", .atMost), ("不高于", .atMost), ("不多于", .atMost), ("不大于", .atMost), ("至多", .atMost),
            ("超过", .atLeast), ("突破", .atLeast), ("超", .atLeast), ("破", .atLeast), ("逾", .atLeast),
            ("大于", .moreThan), ("高于", .moreThan), ("多于", .moreThan),
            ("低于", .lessThan), ("小于", .lessThan), ("少于", .lessThan),
            ("大约", .about), ("约", .about), ("近", .about),
            ("达到", .equal), ("达", .equal),
        ]
        private static let behind: [(word: String, comparator: Comparator)] = [
            ("及以上", .atLeast), ("以上", .atLeast), ("及以下", .atMost), ("以下", .atMost), ("以内", .atMost),
            ("左右", .about), ("上下", .about),
        ]

        /// Reads a text as one number.
        static func number(_ text: Substring, isCumulative: Bool) -> Number? {
            var rest = text
            var bounds: [Comparator] = []
            let isAspirational = take(["力争", "争取"], &rest) != nil
            let isYearly = take(["每年", "年均", "连续"], &rest) == "每年"
            if let (word, comparator) = before.first(where: { rest.hasPrefix($0.word) }) {
                rest = rest.dropFirst(word.count)
                bounds.append(comparator)
            }
            // 达到 and = before a number say nothing that a bound behind it could contradict.
            if bounds == [.equal] { bounds = [] }
            guard let figure = Figure.take(from: &rest) else { return nil }
            if let bound = figure.bound { bounds.append(bound) }
            if let (word, comparator) = behind.first(where: { rest.hasSuffix($0.word) }) {
                rest = rest.dropLast(word.count)
                bounds.append(comparator)
            }
            guard rest.isEmpty, Set(bounds).count <= 1 else { return nil }
            return Number(
                comparator: bounds.first ?? (isAspirational ? .atLeast : .equal),
                value: figure.value,
                isCumulative: isCumulative,
                isAspirational: isAspirational,
                unit: isYearly && !figure.unit.contains("/") ? figure.unit + "/年" : figure.unit
            )
        }

        private static func take(_ words: [String], _ text: inout Substring) -> String? {
            guard let word = words.first(where: { text.hasPrefix($0) }) else { return nil }
            text = text.dropFirst(word.count)
            return word
        }
    }

    /// A number with its unit, and the bound that lies in the way it is written.
    private struct Figure {
        let value: ExactDecimal
        let unit: String
        let bound: Comparator?

        /// Takes a figure off the front of a text.
        static func take(from text: inout Substring) -> Figure? {
            fraction(&text) ?? rank(&text) ?? ratio(&text) ?? range(&text) ?? single(&text)
        }

        /// `1/4`, 三分之二: a percentage with at most two decimal places.
        private static func fraction(_ text: inout Substring) -> Figure? {
            var rest = text
            let parts: (above: ExactDecimal, below: ExactDecimal)
            if let below = ChineseNumeral.take(from: &rest), rest.hasPrefix("分之") {
                rest = rest.dropFirst(2)
                guard let above = ChineseNumeral.take(from: &rest) else { return nil }
                parts = (ExactDecimal(above), ExactDecimal(below))
            } else {
                rest = text
                guard let above = decimal(&rest), rest.first == "/" else { return nil }
                rest = rest.dropFirst()
                guard let below = decimal(&rest), above.scale == 0, below.scale == 0 else { return nil }
                parts = (above, below)
            }
            guard !parts.above.isNegative, parts.above < parts.below, parts.below <= ExactDecimal(100),
                let hundredfold = try? parts.above.multiplied(by: ExactDecimal(100)),
                let value = try? hundredfold.divided(by: parts.below, places: 2)
            else { return nil }
            text = rest
            return Figure(value: value.normalized, unit: "%", bound: nil)
        }

        /// 第一, 第3位: a place in an order.
        private static func rank(_ text: inout Substring) -> Figure? {
            guard text.first == "第" else { return nil }
            var rest = text.dropFirst()
            guard let place = decimal(&rest) ?? ChineseNumeral.take(from: &rest).map({ ExactDecimal($0) }),
                place.scale == 0, place > .zero
            else { return nil }
            if rest.first == "位" { rest = rest.dropFirst() }
            text = rest
            return Figure(value: place, unit: "位次", bound: nil)
        }

        /// `1.2∶1`: so many times the other.
        private static func ratio(_ text: inout Substring) -> Figure? {
            var rest = text
            guard let value = decimal(&rest), rest.first == ":" else { return nil }
            rest = rest.dropFirst()
            guard let other = decimal(&rest), other == ExactDecimal(1) else { return nil }
            text = rest
            return Figure(value: value, unit: "倍", bound: nil)
        }

        /// 2—3个: at least the lower end. Two years are a period and no range.
        private static func range(_ text: inout Substring) -> Figure? {
            var rest = text
            guard let low = decimal(&rest), let separator = rest.first, "-~至".contains(separator) else { return nil }
            rest = rest.dropFirst()
            guard let high = decimal(&rest), low < high, !low.isNegative else { return nil }
            let unit = Unit.take(from: &rest)?.printed ?? ""
            let years = ExactDecimal(1900)...ExactDecimal(2200)
            if unit.isEmpty || unit == "年", years.contains(low), years.contains(high) { return nil }
            text = rest
            return Figure(value: low, unit: unit, bound: .atLeast)
        }

        private static func single(_ text: inout Substring) -> Figure? {
            var rest = text
            var value = decimal(&rest)
            var isMagnitude = false
            if value == nil {
                // 千亿元 is an order of magnitude as 一千亿元 is not.
                isMagnitude = rest.first.map { "十百千万亿".contains($0) } ?? false
                value = ChineseNumeral.take(from: &rest).map { ExactDecimal($0) }
                if value == nil, rest.first == "万" {
                    value = ExactDecimal(10_000)
                    rest = rest.dropFirst()
                } else if value == nil, rest.first == "亿" {
                    value = ExactDecimal(1)
                }
            }
            guard let value else { return nil }
            var isOver = false
            if let first = rest.first, first == "余" || first == "多" {
                isOver = true
                rest = rest.dropFirst()
            }
            var unit = ""
            if rest.first == "大", (2...8).contains(rest.count), !isOver, value.scale == 0 {
                // 三大科技城: a count of things that the text names.
                unit = String(rest)
                rest = rest[rest.endIndex...]
            } else if let taken = Unit.take(from: &rest) {
                unit = taken.printed
                isOver = isOver || taken.isOver
            }
            var bound: Comparator? = isOver ? .atLeast : nil
            if isMagnitude, !isOver, rest.hasPrefix("级") {
                rest = rest.hasPrefix("级规模") ? rest.dropFirst(3) : rest.dropFirst()
                bound = .about
            }
            text = rest
            return Figure(value: value, unit: unit, bound: bound)
        }

        /// Takes a decimal number: a sign, digits in one run or in groups of three, a point and digits.
        private static func decimal(_ text: inout Substring) -> ExactDecimal? {
            let run = text.prefix { $0.isASCII && ($0.isNumber || ".,+-".contains($0)) }
            // A sign inside the run begins the second number of a range.
            var end = run.dropFirst().firstIndex { $0 == "-" || $0 == "+" } ?? run.endIndex
            if run.isEmpty { end = run.startIndex }
            let digits = run[..<end]
            guard let value = ExactDecimal(digits.filter { $0 != "," }), !digits.contains(",") || isGrouped(digits)
            else {
                return nil
            }
            text = text[end...]
            return value
        }

        private static func isGrouped(_ digits: Substring) -> Bool {
            var whole = digits.prefix { $0 != "." }
            if whole.first == "-" || whole.first == "+" { whole = whole.dropFirst() }
            let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
            return !digits.dropFirst(digits.prefix { $0 != "." }.count).contains(",")
                && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        }
    }
}
