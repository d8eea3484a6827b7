import DomainModel

/// A record as a text that a person changes in an editor: a line `code: value` for each field.
///
/// Remarks begin with `#`. Many values stand below each other with `- ` in front, lines of a long text below `|`, and
/// a text in quotation marks is one of JSON. What is written is read back as it was.
struct EditText {
    let fields: [FieldDefinition]
    let language: Language

    /// The text of values.
    ///
    /// - Parameters:
    ///   - values: What the record holds.
    ///   - head: Remarks at the top.
    ///   - hidden: Fields that have a value which is not shown.
    ///   - notes: Remarks above fields.
    ///   - clashes: Fields that both changed: written twice, so that one has to be chosen before the text can be read.
    /// - Returns: Lines, each ended by a newline.
    func text(
        of values: EditedFields,
        head: [String],
        hidden: [String] = [],
        notes: [String: [String]] = [:],
        clashes: [ThreeWayMerge.Clash] = []
    ) -> String {
        var lines = head.map(Self.remark)
        let known = fields.map(\.code)
        let others = values.codes.union(notes.keys).union(clashes.map(\.code)).subtracting(known).sorted()
        for code in known + others {
            lines.append("")
            if let field = fields.first(where: { $0.code == code }) { lines.append(Self.remark(caption(of: field))) }
            lines += (notes[code] ?? []).map { Self.warning($0) }
            if let clash = clashes.first(where: { $0.code == code }) {
                lines += self.lines(of: clash)
            } else if hidden.contains(code), values[code].isEmpty {
                lines.append(
                    Self.remark(
                        say("有值，未显示；去掉行首 # 可改写", "has a value that is not shown; write a new one without the #")
                    )
                )
                lines.append("# \(code):")
            } else {
                lines += Self.lines(of: code, values[code])
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What begins a remark that this program makes and takes away again.
    static let warningMark = "#!"

    /// A remark about something that has to be mended.
    static func warning(_ text: String) -> String { "\(warningMark) \(text.singleLine)" }

    private static func remark(_ text: String) -> String { "# \(text.singleLine)" }

    private func say(_ zh: String, _ en: String) -> String { LocalizedText(zh: zh, en: en)[language] }

    private func lines(of clash: ThreeWayMerge.Clash) -> [String] {
        let base = clash.base.isEmpty ? say("无", "none") : clash.base.joined(separator: "; ")
        return [
            Self.warning(say("双方都改了此项；请删去其一。原为：\(base)", "Both changed this; delete one of the two. It was: \(base)")),
            Self.remark(say("对方", "theirs")),
        ] + Self.lines(of: clash.code, clash.theirs) + [Self.remark(say("我方", "ours"))]
            + Self.lines(of: clash.code, clash.ours)
    }

    private func caption(of field: FieldDefinition) -> String {
        let label = field.label[language]
        let more: String? =
            switch field.type {
            case .choice: field.choices.map(\.code).joined(separator: ", ")
            case .term: field.vocabulary
            case .text: nil
            default: field.unit ?? field.type.expected[language]
            }
        return more.map { "\(label) (\($0))" } ?? label
    }

    /// The lines of a field's values.
    private static func lines(of code: String, _ values: [String]) -> [String] {
        switch values.count {
        case 0: return ["\(code):"]
        case 1:
            if isBlock(values[0]) {
                let lines = values[0].utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                return ["\(code): |"] + lines.map { $0.isEmpty ? "" : "  \(String(decoding: $0, as: UTF8.self))" }
            }
            return ["\(code): \(scalar(values[0]))"]
        default: return ["\(code):"] + values.map { "  - \(scalar($0))" }
        }
    }

    /// Whether a text of many lines can stand as it is.
    private static func isBlock(_ text: String) -> Bool {
        guard let last = text.utf8.last, text.utf8.contains(UInt8(ascii: "\n")) else { return false }
        return last != UInt8(ascii: "\n") && !text.unicodeScalars.contains { $0.value != 10 && isControl($0) }
    }

    private static func scalar(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.trimmed == text && !text.utf8.starts(with: "\"".utf8) && text != "|"
            && !text.unicodeScalars.contains(where: isControl)
        return isPlain ? text : JSONString.text(of: text)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 32 || scalar.value == 127 }
}

extension String {
    /// Without blanks at either end; by scalars, since a blank with a combining mark is no blank to Swift.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The text without line breaks.
    fileprivate var singleLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 32 ? " " : $0 }))
    }
}
