/// Decodes values from a document that has been read, and refuses members that the value did not ask for.
///
/// `Codable` skips unknown members in silence, so that `"asof"` instead of `"asOf"` would quietly answer another
/// question. Every object notes which of its members are asked for; what is left over at the end is refused, at
/// whatever depth.
enum JSONDecoding {
    /// Decodes a value.
    ///
    /// - Throws: ``JSONFault``.
    static func decode<Value: Decodable>(_ type: Value.Type, from node: JSONNode) throws -> Value {
        let asked = AskedMembers()
        do {
            let value = try Value(from: JSONNodeDecoder(node: node, codingPath: [], asked: asked))
            try asked.check()
            return value
        } catch let error as DecodingError {
            throw JSONFault(error)
        }
    }
}

/// Which members of which objects were asked for.
final class AskedMembers {
    private struct Object {
        let names: [String]
        var asked: Set<String> = []
    }

    private var objects: [String: Object] = [:]

    /// Begins with an object, or goes on with one that is decoded again.
    func begin(_ pointer: String, _ names: [String]) {
        if objects[pointer] == nil { objects[pointer] = Object(names: names) }
    }

    /// Notes a member.
    func note(_ pointer: String, _ name: String) { objects[pointer]?.asked.insert(name) }

    /// Notes all members: a type that asks what there is takes anything.
    func noteAll(_ pointer: String) {
        guard let object = objects[pointer] else { return }
        objects[pointer]?.asked.formUnion(object.names)
    }

    /// - Throws: ``JSONFault`` for the first member that nobody asked for.
    func check() throws {
        for (pointer, object) in objects.sorted(by: { $0.key < $1.key }) {
            guard let name = object.names.first(where: { !object.asked.contains($0) }) else { continue }
            let known = object.asked.sorted()
            throw JSONFault(
                JSONFault.pointer(pointer, name),
                "unknown member; known are \(known.joined(separator: ", "))",
                zh: "未知成员；可用的有：\(known.joined(separator: "、"))"
            )
        }
    }
}
