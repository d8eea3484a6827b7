import DomainModel

/// The values of a record as texts, by field; a field without a value is not there.
struct EditedFields: Hashable, Sendable {
    private(set) var texts: [String: [String]] = [:]

    init() {}

    /// The values of a record.
    init(_ attributes: Attributes) {
        for (code, value) in attributes {
            if case .list(let values) = value {
                self[code] = values.map(\.spelling)
            } else {
                self[code] = [value.spelling]
            }
        }
    }

    /// The values of a field; empty when it has none.
    subscript(code: String) -> [String] {
        get { texts[code] ?? [] }
        set { texts[code] = newValue.isEmpty ? nil : newValue }
    }

    /// The fields that have a value.
    var codes: Set<String> { Set(texts.keys) }

    /// The fields whose values differ, in the order of their codes.
    func differences(from other: EditedFields) -> [String] {
        codes.union(other.codes).filter { self[$0] != other[$0] }.sorted()
    }

    /// What is to be sent so that a record with the other values gets these.
    func patch(from other: EditedFields) -> [String: AttributeValue?] {
        var patch: [String: AttributeValue?] = [:]
        for code in differences(from: other) { patch.updateValue(AttributeValue(texts: self[code]), forKey: code) }
        return patch
    }
}
