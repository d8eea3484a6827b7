import DomainModel

/// Guesses what a period that cannot be read was meant to be, for the hint beside the conflict; never for loading.
enum PeriodSuggestion {
    /// The SDMX spelling that comes nearest: `2020年3月` and `2020/3` suggest `2020-03`, `2020年` suggests `2020`.
    static func nearest(to text: String) -> [String] {
        var numbers: [String] = []
        var isDigit = false
        for character in text {
            if let digit = character.wholeNumberValue, digit <= 9 {
                if isDigit, let last = numbers.popLast() {
                    numbers.append(last + String(digit))
                } else {
                    numbers.append(String(digit))
                }
                isDigit = true
            } else {
                isDigit = false
            }
        }
        guard let year = numbers.first, year.count == 4 else { return [] }
        if numbers.count == 1 { return [year] }
        guard let part = Int(numbers[1]), numbers.count == 2 else { return [] }
        let candidates: [String] =
            if text.contains("季") || text.lowercased().contains("q") {
                ["\(year)-Q\(part)"]
            } else if text.contains("半年") || text.lowercased().contains("h") {
                ["\(year)-S\(part)"]
            } else {
                [year + "-" + (part < 10 ? "0" : "") + String(part)]
            }
        return candidates.filter { Period($0) != nil }
    }
}
