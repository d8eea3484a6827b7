extension FieldDefinition {
    /// Checks a value and brings it into the one spelling that is stored.
    ///
    /// Texts are taken for numbers, days and booleans too, since a table has nothing but texts.
    ///
    /// - Parameters:
    ///   - given: The value.
    ///   - facts: What it is checked against.
    /// - Returns: The value to be stored.
    /// - Throws: The first thing that is wrong. What is given stands in it unless the field is about a person.
    public func read(_ given: AttributeValue, _ facts: RecordFacts) throws(Conflict.Found) -> AttributeValue {
        if privacy == .sealed, !facts.canSeal { throw refusal(.fieldSealed, given) }
        guard case .list(let values) = given else {
            let value = try readOne(given, facts)
            return isMany ? .list([value]) : value
        }
        guard isMany else { throw refusal(.fieldType, given, expected: type.expected) }
        var read: [AttributeValue] = []
        for value in values {
            let value = try readOne(value, facts)
            if !read.contains(value) { read.append(value) }
        }
        return .list(read)
    }

    private func readOne(_ given: AttributeValue, _ facts: RecordFacts) throws(Conflict.Found) -> AttributeValue {
        switch type {
        case .boolean: return .boolean(try readBoolean(given))
        case .integer, .year: return .integer(try readInteger(given))
        case .decimal: return .text(try readDecimal(given).description)
        default: break
        }
        guard case .text(let raw) = given else { throw refusal(.fieldType, given, expected: type.expected) }
        let text = raw.trimmingBlanks
        // Or a value could be taken for one that is sealed already.
        if privacy == .sealed, text.hasPrefix(Self.sealedMark) { throw refusal(.fieldType, given) }
        guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" && $0 != "\t" }) else {
            throw refusal(.fieldType, given, expected: type.expected)
        }
        guard text.unicodeScalars.count <= maximumLength else {
            throw refusal(
                .fieldOutOfRange,
                given,
                expected: LocalizedText(zh: "至多 \(maximumLength) 个字符", en: "at most \(maximumLength) characters")
            )
        }
        switch type {
        case .date: return .text(try readDate(text, facts).isoText)
        case .term, .choice, .region: return .text(try readCode(text, facts))
        case .identifier: return .text(try readIdentifier(text, facts))
        case .url, .mail, .telephone: try checkAddress(text)
        default: break
        }
        if let pattern, !FieldPatterns.matches(text, pattern) {
            throw refusal(
                .fieldType,
                given,
                expected: LocalizedText(zh: "符合 \(pattern) 的文字", en: "a text that matches \(pattern)")
            )
        }
        return .text(text)
    }

    private func readBoolean(_ given: AttributeValue) throws(Conflict.Found) -> Bool {
        switch given {
        case .boolean(let value): return value
        case .text("true"), .text("是"): return true
        case .text("false"), .text("否"): return false
        default: throw refusal(.fieldType, given, expected: type.expected)
        }
    }

    private func readInteger(_ given: AttributeValue) throws(Conflict.Found) -> Int64 {
        let value: Int64? =
            switch given {
            case .integer(let value): value
            case .text(let text): Int64(text.trimmingBlanks)
            default: nil
            }
        guard let value else { throw refusal(.fieldType, given, expected: type.expected) }
        if type == .year {
            guard (1_000...9_999).contains(value) else {
                throw refusal(.fieldOutOfRange, given, expected: type.expected)
            }
        }
        try checkRange(ExactDecimal(mantissa: Int128(value), scale: 0), given)
        return value
    }

    private func readDecimal(_ given: AttributeValue) throws(Conflict.Found) -> ExactDecimal {
        let value: ExactDecimal? =
            switch given {
            case .integer(let value): ExactDecimal(mantissa: Int128(value), scale: 0)
            case .text(let text): ExactDecimal(text.trimmingBlanks)
            default: nil
            }
        guard let value else { throw refusal(.fieldType, given, expected: type.expected) }
        try checkRange(value, given)
        return value
    }

    private func checkRange(_ value: ExactDecimal, _ given: AttributeValue) throws(Conflict.Found) {
        let isLow = minimum.map { value < $0 } ?? false
        let isHigh = maximum.map { value > $0 } ?? false
        guard isLow || isHigh else { return }
        let least = minimum.map(\.description) ?? "-∞"
        let greatest = maximum.map(\.description) ?? "∞"
        let expected = LocalizedText(zh: "\(least) 到 \(greatest)", en: "\(least) to \(greatest)")
        throw refusal(.fieldOutOfRange, given, expected: expected)
    }
}

extension Conflict {
    /// A conflict on its way from where it was found to the list of all.
    public struct Found: Error, Sendable {
        /// What was found.
        public let conflict: Conflict
    }
}

extension FieldDefinition {
    /// A conflict about this field.
    func refusal(
        _ code: ConflictCode,
        _ given: AttributeValue,
        expected: LocalizedText? = nil,
        nearest: [String] = []
    ) -> Conflict.Found {
        Conflict.Found(
            conflict: Conflict(
                code: code,
                field: self.code,
                given: privacy.isHidden ? nil : given.spelling,
                expected: expected,
                nearest: privacy.isHidden ? [] : nearest
            )
        )
    }
}
