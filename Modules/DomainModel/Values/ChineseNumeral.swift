/// Whole numbers below ten thousand in Chinese numerals (汉字数字), as plans write small counts: 四, 十五, 二十, 一百零八.
enum ChineseNumeral {
    private static let digits: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let places: [Character: Int] = ["十": 10, "百": 100, "千": 1_000]

    /// Takes a numeral off the front of a text.
    ///
    /// 十, 百 and 千 alone are 10, 100 and 1000. A digit after another digit (三五个, "three to five") and a last digit
    /// whose place is left open (一千五) are no numerals.
    ///
    /// - Returns: The number, or `nil` when the text begins with no numeral, in which case it is left as it was.
    static func take(from text: inout Substring) -> Int? {
        let run = text.prefix { digits[$0] != nil || places[$0] != nil }
        guard let value = value(run) else { return nil }
        text = text[run.endIndex...]
        return value
    }

    private static func value(_ run: Substring) -> Int? {
        if run == "零" || run == "〇" { return 0 }
        var total = 0
        var digit: Int?
        var lastPlace = 10_000
        var skipsPlace = false
        for character in run {
            if let next = digits[character] {
                if next == 0 {
                    guard total > 0, digit == nil, !skipsPlace else { return nil }
                    skipsPlace = true
                } else {
                    guard digit == nil else { return nil }
                    digit = next
                }
            } else if let place = places[character] {
                guard place < lastPlace, digit != nil || total == 0 && !skipsPlace || place == 10 && skipsPlace else {
                    return nil
                }
                total += (digit ?? 1) * place
                digit = nil
                lastPlace = place
                skipsPlace = false
            }
        }
        if let digit {
            guard total == 0 || lastPlace == 10 || skipsPlace else { return nil }
            return total + digit
        }
        return total > 0 && !skipsPlace ? total : nil
    }
}
