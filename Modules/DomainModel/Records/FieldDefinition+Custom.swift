extension FieldDefinition {
    /// What is wrong with a definition that an office wants to add; empty when it may be added.
    public var faultsAsCustom: [Conflict] {
        func fault(_ field: String, _ given: String?, _ zh: String, _ en: String) -> Conflict {
            Conflict(code: .fieldInvalid, field: field, given: given, expected: LocalizedText(zh: zh, en: en))
        }
        var faults: [Conflict] = []
        if !Self.isCode(code) || !code.hasPrefix(RecordModel.customPrefix) || code.utf8.count < 3 {
            faults.append(
                fault("code", code, "x_ 开头的小写字母、数字与下划线", "x_ and then small letters, digits and underscores")
            )
        }
        if label.zh.isEmpty || label.en.isEmpty {
            faults.append(fault("label", nil, "中英文名称", "a name in Chinese and in English"))
        }
        if (type == .term) != (vocabulary != nil) {
            faults.append(
                fault("vocabulary", vocabulary, "仅 term 类型填写词表", "a vocabulary for a term, and for nothing else")
            )
        }
        if (type == .choice) == choices.isEmpty {
            faults.append(fault("choices", nil, "仅 choice 类型列出取值", "values for a choice, and for nothing else"))
        }
        if (type == .identifier) != (identifier != nil) {
            faults.append(
                fault(
                    "identifier",
                    identifier?.rawValue,
                    "仅 identifier 类型填写种类",
                    "a kind for an identifier, and for nothing else"
                )
            )
        }
        if isRequired {
            faults.append(
                fault("isRequired", "true", "false：已有记录没有该字段", "false: the records that are there lack the field")
            )
        }
        if !(1...100_000).contains(maximumLength) {
            faults.append(fault("maximumLength", String(maximumLength), "1 到 100000", "1 to 100000"))
        }
        if let pattern, pattern.count > 200 || !pattern.allSatisfy(\.isASCII) || (try? Regex(pattern)) == nil {
            faults.append(
                fault(
                    "pattern",
                    pattern,
                    "至多 200 个 ASCII 字符的正则表达式",
                    "a regular expression of at most 200 ASCII characters"
                )
            )
        }
        if privacy != .sealed, type == .mail || type == .telephone {
            faults.append(
                fault("privacy", privacy.rawValue, "sealed", "sealed: telephones and mail are kept encrypted only")
            )
        }
        return faults
    }
}
