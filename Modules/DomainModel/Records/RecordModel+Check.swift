extension RecordModel {
    /// Content that was checked, and what is wrong with it.
    public struct Checked<Content: Sendable>: Sendable {
        /// The content in the spelling that is stored; what is wrong is left out.
        public let content: Content
        /// Everything that is wrong, in the order of the fields.
        public let conflicts: [Conflict]
    }

    /// Checks the fields of a record, or some of them.
    ///
    /// - Parameters:
    ///   - attributes: The values that are given.
    ///   - kind: The kind of record.
    ///   - facts: What they are checked against.
    /// - Returns: The values as they are stored, and what is wrong. Whether all are there, ``missing(in:of:)`` says.
    public func check(_ attributes: Attributes, of kind: RegistryKind, _ facts: RecordFacts) -> Checked<Attributes> {
        Self.check(attributes, against: fields(of: kind), facts)
    }

    /// What a record lacks: required fields, or any name.
    public func missing(in attributes: Attributes, of kind: RegistryKind) -> [Conflict] {
        var conflicts = Self.missing(in: attributes, of: fields(of: kind))
        let names = Self.names(of: kind)
        if !names.contains(where: { attributes[$0] != nil }) {
            conflicts.insert(
                Conflict(
                    code: .fieldMissing,
                    field: names[0],
                    expected: LocalizedText(
                        zh: "\(names.joined(separator: "、")) 至少填一个",
                        en: "one of \(names.joined(separator: ", "))"
                    )
                ),
                at: 0
            )
        }
        return conflicts
    }

    /// Checks values against the fields that may have them.
    static func check(
        _ attributes: Attributes,
        against fields: [FieldDefinition],
        _ facts: RecordFacts
    ) -> Checked<Attributes> {
        var content: Attributes = [:]
        var conflicts: [Conflict] = []
        var known: Set<String> = []
        for field in fields {
            known.insert(field.code)
            guard let given = attributes[field.code] else { continue }
            do throws(Conflict.Found) {
                content[field.code] = try field.read(given, facts)
            } catch {
                conflicts.append(error.conflict)
            }
        }
        for code in attributes.keys.sorted() where !known.contains(code) {
            let nearest = nearestNames(to: code, among: known)
            conflicts.append(Conflict(code: .fieldUnknown, field: code, nearest: nearest))
        }
        return Checked(content: content, conflicts: conflicts)
    }

    /// The required fields that have no value.
    static func missing(in attributes: Attributes, of fields: [FieldDefinition]) -> [Conflict] {
        fields.filter { $0.isRequired && attributes[$0.code] == nil }
            .map { Conflict(code: .fieldMissing, field: $0.code, expected: $0.type.expected) }
    }
}
