import DomainModel

/// The members that an answer is to have: `code,name.en`.
struct FieldSelection: Sendable {
    /// What is kept of an object; `nil` keeps all of a value.
    private final class Node: Sendable {
        let members: [String: Node?]
        init(_ members: [String: Node?]) { self.members = members }
    }

    private let root: Node

    /// Reads a selection and checks it against the schema of what is answered.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID`, which names the first member that there is not.
    init(_ text: String, of schema: JSONNode, in schemas: [String: JSONNode]) throws {
        let paths = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }
        for path in paths { try Self.check(path, text, schema, schemas) }
        root = Self.node(paths)
    }

    private static func node(_ paths: [[String]]) -> Node {
        var members: [String: Node?] = [:]
        for (name, group) in Dictionary(grouping: paths, by: { $0[0] }) {
            let deeper = group.map { Array($0.dropFirst()) }
            members[name] = .some(deeper.contains { $0.isEmpty } ? nil : node(deeper))
        }
        return Node(members)
    }

    private static func check(
        _ path: [String],
        _ given: String,
        _ schema: JSONNode,
        _ schemas: [String: JSONNode]
    ) throws {
        var schema = schema
        for name in path {
            let known = SchemaWalk.properties(of: schema, in: schemas)
            guard let found = known.first(where: { $0.name == name }) else {
                let names = known.map(\.name)
                let expected =
                    names.isEmpty
                    ? LocalizedText(zh: "此处没有下级成员", en: "no members below this place")
                    : LocalizedText(
                        zh: "\(names.joined(separator: "、")) 之一，而非 \(name)",
                        en: "one of \(names.joined(separator: ", ")) in place of \(name)"
                    )
                throw Problem.parameters([
                    ParameterFault(name: "fields", given: given, what: .invalid, expected: expected)
                ])
            }
            schema = found.value
        }
    }

    /// The same value with nothing but the members that are kept.
    func applied(to node: JSONNode) -> JSONNode { Self.apply(root, to: node) }

    private static func apply(_ kept: Node, to node: JSONNode) -> JSONNode {
        switch node {
        case .array(let items): .array(items.map { apply(kept, to: $0) })
        case .object(let members):
            .object(
                members.compactMap { member in
                    guard let rule = kept.members[member.name] else { return nil }
                    guard let deeper = rule else { return member }
                    return JSONNode.Member(name: member.name, value: apply(deeper, to: member.value))
                }
            )
        default: node
        }
    }
}
