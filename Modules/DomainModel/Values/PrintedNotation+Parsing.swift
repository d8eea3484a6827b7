extension PrintedNotation {
    /// Reads a figure as printed.
    ///
    /// - Dashes alone are ``Reading/notPublished``.
    /// - Square brackets around the figure make it cumulative; `*` and `※` behind it are ``marks``.
    /// - Before it: ≥ ≤ > < ≈; 超过, 突破, 不少于 and their like are at least, as 以上 is; 力争 is at least, unless a
    ///   bound is printed too, and aspirational; 约 and 近 are about; 达到 is the number itself.
    /// - Behind it: 以上, 以下, 以内, 左右; 余 and 多 before the unit are at least; 级 behind an order of magnitude
    ///   (千亿元级) is about.
    /// - Full-width digits and signs, thousands separators, Chinese numerals below ten thousand, and 万 and 亿 as
    ///   numerals are read. A range is at least its lower end; `1.2∶1` is 1.2 倍; a fraction is a percentage with at
    ///   most two decimal places, rounded half to even; 翻一番 and 翻两番 are multiples of the baseline.
    ///
    /// Everything else is ``Reading/text``: no word is passed over, no second bound is weighed against the first.
    public init(_ printed: String) {
        var text = Self.normalized(printed)[...]
        var marks = ""
        while let last = text.last, last == "*" || last == "※" {
            marks = String(last) + marks
            text = text.dropLast()
        }
        self.init(printed: printed, reading: Self.read(text), marks: marks)
    }

    private static func read(_ text: Substring) -> Reading {
        if !text.isEmpty, text.allSatisfy({ $0 == "-" }) { return .notPublished }
        if text.first == "[" {
            guard text.last == "]", text.count > 2 else { return .text }
            return Grammar.number(text.dropFirst().dropLast(), isCumulative: true).map(Reading.number) ?? .text
        }
        if let factor = multiple(text) { return .multipleOfBaseline(factor) }
        return Grammar.number(text, isCumulative: false).map(Reading.number) ?? .text
    }

    /// 翻一番 doubles, each further 番 doubles again.
    private static func multiple(_ text: Substring) -> ExactDecimal? {
        guard text.hasPrefix("翻"), text.hasSuffix("番") else { return nil }
        var times = text.dropFirst().dropLast()
        if times.isEmpty { return ExactDecimal(2) }
        guard let count = ChineseNumeral.take(from: &times), times.isEmpty, (1...10).contains(count) else { return nil }
        return ExactDecimal(1 << count)
    }

    /// The text without white space and with full-width and other variants of digits and signs made one.
    private static func normalized(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            switch scalar {
            case "［", "【", "〔": result.append("[")
            case "］", "】", "〕": result.append("]")
            case "—", "–", "－", "−", "‐", "‑", "―": result.append("-")
            case "～", "〜", "∼": result.append("~")
            case "∶", "：": result.append(":")
            case "，": result.append(",")
            case "＊", "﹡": result.append("*")
            case "≧", "⩾": result.append("≥")
            case "≦", "⩽": result.append("≤")
            case "０"..."９", "．", "％", "＋", "＞", "＜", "＝", "／":
                let ascii = Unicode.Scalar(scalar.value - 0xFEE0)
                result.unicodeScalars.append(ascii ?? scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
