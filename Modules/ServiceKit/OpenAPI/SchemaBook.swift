/// The schemas of the types that routes read and write, each under one name.
///
/// A type's schema is found by letting it decode itself from a ``SchemaRecorder``: what the recorder is asked for is what
/// the type reads. What the compiler writes for encoding is the mirror of it.
final class SchemaBook {
    /// A type that cannot be described: a mistake in the plugin, found when the host is put together.
    struct Indescribable: Error, CustomStringConvertible {
        let description: String
    }

    /// What is known of a type.
    struct Entry {
        /// A reference to the type's schema, or the schema itself where it has no name.
        let schema: JSONNode
        /// A value of the type; `nil` while it is being described.
        let sample: Any?
    }

    /// Schemas by name.
    private(set) var schemas: [String: JSONNode] = [:]
    private var types: [String: ObjectIdentifier] = [:]
    private var entries: [ObjectIdentifier: Entry] = [:]

    /// The schema of a type, which is a reference if it has a name.
    ///
    /// - Throws: ``Indescribable`` for a type that can neither be decoded from samples nor describes itself, or whose name
    ///   another type has.
    func schema<Value: Decodable>(of type: Value.Type) throws -> JSONNode { try entry(type).schema }

    /// Adds a schema that is no type's.
    func add(_ name: String, _ schema: JSONNode) { schemas[name] = schema }

    func entry<Value: Decodable>(_ type: Value.Type) throws -> Entry {
        let key = ObjectIdentifier(type)
        if let known = entries[key] { return known }
        let made = try make(type)
        entries[key] = made
        return made
    }

    private func make<Value: Decodable>(_ type: Value.Type) throws -> Entry {
        if let simple = type as? any SimpleShape.Type { return Entry(schema: simple.shape, sample: simple.sampleValue) }
        if let container = type as? any ContainerShape.Type { return try container.entry(in: self) }
        if let describing = type as? any SchemaDescribing.Type {
            return try name(type, describing.schema.node, sample: describing.sample)
        }
        if let choice = type as? any (CaseIterable & RawRepresentable).Type, let (texts, first) = cases(choice) {
            return try name(type, ["type": "string", "enum": .strings(texts)], sample: first)
        }
        return try record(type)
    }

    /// Lets a type decode itself.
    private func record<Value: Decodable>(_ type: Value.Type) throws -> Entry {
        let name = try reserve(type)
        entries[ObjectIdentifier(type)] = Entry(schema: Self.reference(name), sample: nil)
        let recorder = SchemaRecorder(book: self)
        let sample: Value
        do {
            sample = try Value(from: recorder)
        } catch let error as Indescribable {
            throw error
        } catch {
            throw Indescribable(
                description: "\(type) decodes nothing from samples: make it SchemaDescribing (\(error))"
            )
        }
        guard let shape = recorder.shape else {
            throw Indescribable(description: "\(type) reads nothing: make it SchemaDescribing")
        }
        schemas[name] = shape
        return Entry(schema: Self.reference(name), sample: sample)
    }

    private func name<Value>(_ type: Value.Type, _ schema: JSONNode, sample: Any?) throws -> Entry {
        let name = try reserve(type)
        schemas[name] = schema
        return Entry(schema: Self.reference(name), sample: sample)
    }

    private func reserve<Value>(_ type: Value.Type) throws -> String {
        let name = TypeName.component(String(reflecting: type))
        if let other = types[name], other != ObjectIdentifier(type) {
            throw Indescribable(description: "two types are called \(name): one of them is \(String(reflecting: type))")
        }
        types[name] = ObjectIdentifier(type)
        return name
    }

    private func cases<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) -> ([String], Any?)? {
        let texts = type.allCases.compactMap { $0.rawValue as? String }
        return texts.isEmpty ? nil : (texts, type.allCases.first)
    }

    /// A reference to a schema of the document.
    static func reference(_ name: String) -> JSONNode { ["$ref": .string("#/components/schemas/\(name)")] }

    /// The same schema for a value that may be `null`.
    static func nullable(_ schema: JSONNode) -> JSONNode {
        guard case .object(var members) = schema, case .string(let type)? = schema["type"], schema["enum"] == nil,
            let index = members.firstIndex(where: { $0.name == "type" })
        else { return ["anyOf": [schema, ["type": "null"]]] }
        members[index].value = .strings([type, "null"])
        return .object(members)
    }
}
