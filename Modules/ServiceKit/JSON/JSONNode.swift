/// A JSON document as a tree: members keep their order, numbers their spelling.
indirect enum JSONNode: Sendable, Equatable {
    /// One member of an object.
    struct Member: Sendable, Equatable {
        let name: String
        var value: JSONNode
    }

    case null
    case bool(Bool)
    /// A number as it is written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])

    /// A member of an object, or `nil`.
    subscript(_ name: String) -> JSONNode? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The same object with more members at its end.
    func adding(_ members: [(String, JSONNode)]) -> JSONNode {
        guard case .object(let mine) = self else { return self }
        return .object(mine + members.map { Member(name: $0.0, value: $0.1) })
    }

    /// An object of its members, in this order.
    static func object(of members: [(String, JSONNode)]) -> JSONNode {
        .object(members.map { Member(name: $0.0, value: $0.1) })
    }

    /// An array of strings.
    static func strings(_ texts: [String]) -> JSONNode { .array(texts.map { .string($0) }) }
}

extension JSONNode: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSONNode)...) { self = .object(of: elements) }
    init(arrayLiteral elements: JSONNode...) { self = .array(elements) }
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
}
