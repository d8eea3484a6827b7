extension FieldDefinition {
    /// Reads a day: `2021-06-30`, `2021/6/30`, `2021.6.30`, `2021年6月30日`, `20210630`.
    func readDate(_ text: String, _ facts: RecordFacts) throws(Conflict.Found) -> CivilDate {
        guard let day = CivilDate(written: text) else {
            throw refusal(.fieldType, .text(text), expected: type.expected)
        }
        // A birth is the one day that cannot be to come; other days may be plans.
        guard code == "birth_date" else { return day }
        guard day <= facts.today, day.components.year >= 1_800 else { throw refusal(.birthDateImpossible, .text(text)) }
        return day
    }

    /// Reads a code of a vocabulary, of the field's own list, or of a region.
    func readCode(_ text: String, _ facts: RecordFacts) throws(Conflict.Found) -> String {
        if type == .choice, choices.contains(where: { $0.code == text }) { return text }
        let (codes, fault): (Set<String>, ConflictCode) =
            switch type {
            case .choice: (Set(choices.map(\.code)), .termUnknown)
            case .region: (facts.regions, .regionUnknown)
            default: (facts.terms[vocabulary ?? ""] ?? [], .termUnknown)
            }
        if codes.contains(text) { return text }
        if let choice = choices.first(where: { $0.label.zh == text || $0.label.en == text }) { return choice.code }
        let expected: LocalizedText? =
            switch type {
            case .choice:
                LocalizedText(
                    zh: choices.map { "\($0.code)（\($0.label.zh)）" }.joined(separator: "、"),
                    en: choices.map { "\($0.code) (\($0.label.en))" }.joined(separator: ", ")
                )
            case .term: LocalizedText(zh: "词表 \(vocabulary ?? "") 的代码", en: "a code of \(vocabulary ?? "")")
            default: nil
            }
        let nearest = facts.suggests ? nearestNames(to: text, among: codes) : []
        throw refusal(fault, .text(text), expected: expected, nearest: nearest)
    }

    /// Reads an identifier into its canonical form.
    func readIdentifier(_ text: String, _ facts: RecordFacts) throws(Conflict.Found) -> String {
        guard let identifier else { return text }
        let verdict = identifier.check(text, on: facts.today)
        if let value = verdict.identifier { return value.description }
        let fault: ConflictCode =
            switch verdict.fault {
            case .checkCharacter, .organisationCheckCharacter: .identifierCheckDigit
            case .birthDate, .birthDateInFuture: .birthDateImpossible
            case .divisionRetired: .divisionRetired
            default: .identifierInvalid
            }
        var expected = identifier.title
        if !privacy.isHidden, !verdict.hint.en.isEmpty {
            expected = LocalizedText(zh: "\(expected.zh)：\(verdict.hint.zh)", en: "\(expected.en): \(verdict.hint.en)")
        }
        throw refusal(fault, .text(text), expected: expected, nearest: verdict.candidates)
    }

    /// Checks the form of an address; whether anybody is there, nobody asks.
    func checkAddress(_ text: String) throws(Conflict.Found) {
        let isBlank = text.contains(where: \.isWhitespace)
        let isRight: Bool
        switch type {
        case .url:
            let rest = text.lowercased().hasPrefix("https://") ? text.dropFirst(8) : text.dropFirst(7)
            let hasScheme = text.lowercased().hasPrefix("http://") || text.lowercased().hasPrefix("https://")
            isRight = hasScheme && !isBlank && rest.first.map { $0 != "/" } ?? false
        case .mail:
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            isRight = !isBlank && parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
        default:
            let digits = text.utf8.filter { (48...57).contains($0) }.count
            isRight = (5...20).contains(digits) && text.allSatisfy { "0123456789+-() ".contains($0) }
        }
        if !isRight { throw refusal(.fieldType, .text(text), expected: type.expected) }
    }
}

extension String {
    /// Without blanks at either end, ideographic ones included.
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
