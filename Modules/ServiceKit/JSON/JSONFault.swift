import DomainModel

/// What is wrong with a JSON document, and where.
struct JSONFault: Error, Sendable {
    /// The place: a JSON pointer (RFC 6901); empty for the document as a whole.
    let pointer: String
    /// What is the matter, without a full stop.
    let what: LocalizedText

    init(_ pointer: String, _ en: String, zh: String) {
        self.pointer = pointer
        what = LocalizedText(zh: zh, en: en)
    }

    /// The pointer to a member or an item below another place.
    static func pointer(_ base: String, _ token: String) -> String {
        var text = base + "/"
        for character in token {
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(character)
            }
        }
        return text
    }

    /// The pointer that a path of decoding means.
    static func pointer(_ path: [any CodingKey]) -> String {
        path.reduce("") { pointer($0, $1.intValue.map(String.init) ?? $1.stringValue) }
    }
}

extension Problem {
    /// The body of a request that is no JSON, or not the one that was expected.
    static func body(_ fault: JSONFault) -> Problem {
        let place = fault.pointer.isEmpty ? LocalizedText(zh: "文档", en: "The document") : fault.place
        return Problem(.bodyInvalid, "\(place.en): \(fault.what.en).", zh: "\(place.zh)：\(fault.what.zh)。")
            .with("pointer", fault.pointer)
    }
}

extension JSONFault {
    fileprivate var place: LocalizedText { LocalizedText(zh: pointer, en: pointer) }

    /// A fault of a type that reads itself.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(Self.pointer(context.codingPath + [key]), "the member is missing", zh: "缺少此成员")
        case .typeMismatch(let type, let context):
            self.init(Self.pointer(context.codingPath), "expected \(type)", zh: "应为 \(type)")
        case .valueNotFound(let type, let context):
            self.init(Self.pointer(context.codingPath), "is null, expected \(type)", zh: "为 null，应为 \(type)")
        case .dataCorrupted(let context):
            self.init(Self.pointer(context.codingPath), context.debugDescription, zh: context.debugDescription)
        @unknown default:
            self.init("", "cannot be read", zh: "无法读取")
        }
    }
}
