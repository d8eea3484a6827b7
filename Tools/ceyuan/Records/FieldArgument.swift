import ArgumentParser
import DomainModel

/// `field=value` of a command line; no value takes the field away.
struct FieldArgument: ExpressibleByArgument, Hashable {
    let code: String
    let value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "=") else { return nil }
        code = String(argument[..<sign])
        value = String(argument[argument.index(after: sign)...])
        if !FieldDefinition.isCode(code) { return nil }
    }
}

extension [FieldArgument] {
    /// The values by field: a field that stands more than once has a list, one without a value has `nil`.
    var attributes: [String: AttributeValue?] {
        var texts: [String: [String]] = [:]
        for argument in self { texts[argument.code, default: []] += argument.value.isEmpty ? [] : [argument.value] }
        return texts.mapValues(AttributeValue.init(texts:))
    }
}

extension AttributeValue {
    /// The value of a field that people wrote as texts; `nil` for none.
    init?(texts: [String]) {
        switch texts.count {
        case 0: return nil
        case 1: self = .text(texts[0])
        default: self = .list(texts.map { .text($0) })
        }
    }
}
