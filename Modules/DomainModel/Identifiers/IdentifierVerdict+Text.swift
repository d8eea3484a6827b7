extension IdentifierVerdict {
    /// How the text may be mended; empty for a valid text, and where nothing is known.
    public var hint: LocalizedText {
        let pieces = disguises.map(\.text) + [expectation, suggestion].compactMap(\.self)
        return LocalizedText(
            zh: pieces.map(\.zh).joined(separator: "；"),
            en: pieces.map(\.en).joined(separator: "; ")
        )
    }

    /// What the check character would be.
    private var expectation: LocalizedText? {
        switch fault {
        case .checkCharacter(let expected):
            LocalizedText(zh: "校验码应为 \(expected)", en: "the right check character would be \(expected)")
        case .organisationCheckCharacter(let expected):
            LocalizedText(zh: "第 17 位应为 \(expected)", en: "place 17 would be \(expected)")
        default: nil
        }
    }

    /// What the candidates are.
    private var suggestion: LocalizedText? {
        guard !candidates.isEmpty else { return nil }
        let zh = candidates.joined(separator: "、")
        let en = candidates.joined(separator: ", ")
        return switch fault {
        case .disguised: LocalizedText(zh: "规范写法：\(zh)", en: "written right: \(en)")
        case .length where kind == .residentIdentity:
            LocalizedText(zh: "15 位旧号码，18 位形式为 \(zh)", en: "an old number of 15 places, with 18 it is \(en)")
        case .divisionRetired: LocalizedText(zh: "现为 \(named(" ", "、"))", en: "now \(named(" ", ", "))")
        case .divisionNotYet: LocalizedText(zh: "此前为 \(named(" ", "、"))", en: "before it \(named(" ", ", "))")
        default: LocalizedText(zh: "是否为 \(zh)", en: "perhaps \(en)")
        }
    }

    /// The candidates with the names of divisions.
    private func named(_ gap: String, _ separator: String) -> String {
        candidates.map { code in
            [code, Int(code).flatMap { DivisionTable.name(of: $0) }].compactMap(\.self).joined(
                separator: gap
            )
        }.joined(separator: separator)
    }
}
