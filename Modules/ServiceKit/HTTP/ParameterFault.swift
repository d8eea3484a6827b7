public import DomainModel

/// One thing that is wrong with one parameter: an element of the member `parameters` of a problem.
struct ParameterFault: Encodable, Sendable {
    enum What: String, Encodable, Sendable {
        case missing = "PARAMETER_MISSING"
        case unknown = "PARAMETER_UNKNOWN"
        case repeated = "PARAMETER_REPEATED"
        case invalid = "PARAMETER_VALUE_INVALID"
    }

    let name: String
    let given: String?
    let code: What
    let expected: LocalizedText

    init(name: String, given: String?, what: What, expected: LocalizedText) {
        self.name = name
        self.given = given.map { String($0.prefix(200)) }
        self.code = what
        self.expected = expected
    }

    private var sentence: LocalizedText {
        switch code {
        case .missing:
            LocalizedText(zh: "缺少参数 \(name)（\(expected.zh)）", en: "\(name) is missing (\(expected.en))")
        case .unknown:
            LocalizedText(zh: "未知参数 \(name)（\(expected.zh)）", en: "\(name) is unknown (\(expected.en))")
        case .repeated:
            LocalizedText(zh: "参数 \(name) 重复", en: "\(name) is given more than once")
        case .invalid:
            LocalizedText(
                zh: "参数 \(name) 的值 \(given ?? "") 有误，应为\(expected.zh)",
                en: "\(name) is \(given ?? ""), expected \(expected.en)"
            )
        }
    }

    /// All sentences of a list, joined.
    static func summary(_ faults: [ParameterFault]) -> LocalizedText {
        LocalizedText(
            zh: faults.map(\.sentence.zh).joined(separator: "；") + "。",
            en: faults.map(\.sentence.en).joined(separator: "; ") + "."
        )
    }
}

extension Problem {
    /// The problem of one parameter whose value fits its kind, and is wrong nevertheless.
    ///
    /// - Parameters:
    ///   - name: The parameter.
    ///   - given: Its value.
    ///   - expected: What was expected, as it continues a sentence.
    /// - Returns: `PARAMETER_INVALID` with the member `parameters`.
    public static func parameter(_ name: String, given: String?, expected: LocalizedText) -> Problem {
        parameters([ParameterFault(name: name, given: given, what: .invalid, expected: expected)])
    }

    /// The problem of a request with wrong parameters; all of them are listed.
    static func parameters(_ faults: [ParameterFault]) -> Problem {
        let text = ParameterFault.summary(faults)
        return Problem(.parameterInvalid, text.en, zh: text.zh).with("parameters", faults)
    }
}
