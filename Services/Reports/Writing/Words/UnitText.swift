import DomainModel

/// How units of measure are spelled: as printed in Chinese, read from their UCUM code in English.
///
/// Source: G. Schadow, C. McDonald, "The Unified Code for Units of Measure", §6–12: annotations stand in braces, a
/// slash divides.
enum UnitText {
    static func text(_ indicator: Indicator, _ language: Language) -> String {
        language == .zh ? indicator.unit : english(indicator.unitCode)
    }

    static func english(_ code: String) -> String {
        var parts: [Substring] = []
        var depth = 0
        var start = code.startIndex
        for index in code.indices {
            switch code[index] {
            case "(", "{": depth += 1
            case ")", "}": depth -= 1
            case "/" where depth == 0:
                parts.append(code[start..<index])
                start = code.index(after: index)
            default: break
            }
        }
        parts.append(code[start...])
        guard let numerator = parts.first else { return code }
        let top = term(numerator, isPlural: true)
        let bottom = parts.dropFirst().map { term(strip($0), isPlural: $0.contains("1e")) }
        return ([top] + bottom).filter { !$0.isEmpty }.joined(separator: " per ").trimmingPrefix(/\s+/).description
    }

    /// `(1e4 {person})` without its parentheses, unless they are a remark at the end.
    private static func strip(_ text: Substring) -> Substring {
        text.hasPrefix("(") && text.hasSuffix(")") ? text.dropFirst().dropLast() : text
    }

    private static func term(_ text: Substring, isPlural: Bool) -> String {
        var words = text.split(separator: " ")
        var prefix = ""
        if let first = words.first, let factor = factors[String(first)] {
            prefix = factor
            words.removeFirst()
        }
        let rest = words.map { word(String($0), isPlural: isPlural) }.filter { !$0.isEmpty }.joined(separator: " ")
        return [prefix, rest].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static let factors = [
        "1": "", "1e2": "100", "1e3": "1,000", "1e4": "10,000", "1e8": "100 million", "1e12": "trillion",
    ]

    private static func word(_ code: String, isPlural: Bool) -> String {
        if let known = symbols[code] { return known }
        if let pair = words[code] { return isPlural ? pair.1 : pair.0 }
        guard code.hasPrefix("{"), code.hasSuffix("}") else { return code }
        let noun = String(code.dropFirst().dropLast())
        guard isPlural else { return noun }
        return noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun == "TEU" ? noun : noun + "s"
    }

    private static let symbols = [
        "CNY": "yuan", "USD": "US dollars", "m2": "m²", "m3": "m³", "km2": "km²", "ug": "µg", "ug/m3": "µg/m³",
        "kV.A": "kVA", "{count}": "", "{index}": "points", "{rank}": "(rank)", "{grade}": "(grade)", "1": "",
    ]

    private static let words = [
        "a": ("year", "years"), "d": ("day", "days"), "min": ("minute", "minutes"), "t": ("tonne", "tonnes"),
        "mu": ("mu", "mu"), "(CN)": ("", ""), "{person}": ("person", "people"),
    ]
}
