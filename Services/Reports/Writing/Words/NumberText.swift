import DomainModel

/// How numbers are spelled in the text of a report.
enum NumberText {
    /// The number with its decimal places: `70681` in Chinese, `70,681` in English; a true minus sign.
    static func text(_ value: ExactDecimal, _ language: Language) -> String {
        let parts = value.magnitude.description.split(separator: ".", maxSplits: 1)
        let whole = language == .en ? grouped(String(parts[0])) : String(parts[0])
        let number = parts.count == 2 ? "\(whole).\(parts[1])" : whole
        return value.isNegative ? "−\(number)" : number
    }

    /// The number with a sign in front, also where it is positive.
    static func signed(_ value: ExactDecimal, _ language: Language) -> String {
        value.isNegative || value.isZero ? text(value, language) : "+\(text(value, language))"
    }

    /// A share of four decimal places as a percentage, `0.9297` as `92.97%`: no digit is lost, so nothing is rounded twice.
    ///
    /// What falls short of the whole is never shown as the whole.
    static func percentage(
        _ share: ExactDecimal,
        _ language: Language,
        isTrimmed: Bool = false,
        fallsShort: Bool = false
    ) -> String {
        if fallsShort, share == ExactDecimal(1) { return "<100%" }
        guard let percent = try? share.multiplied(by: ExactDecimal(100)).rounded(places: 2) else { return "" }
        return "\(text(isTrimmed ? percent.normalized : percent, language))%"
    }

    /// What a bound says in front of a number: `≥`, `约`.
    static func bound(_ comparator: Comparator, _ language: Language) -> String {
        switch comparator {
        case .equal: ""
        case .atLeast: language == .zh ? "至少" : "at least "
        case .moreThan: language == .zh ? "超过" : "more than "
        case .atMost: language == .zh ? "至多" : "at most "
        case .lessThan: language == .zh ? "不足" : "less than "
        case .about: language == .zh ? "约" : "about "
        }
    }

    private static func grouped(_ digits: String) -> String {
        guard digits.count > 3 else { return digits }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
