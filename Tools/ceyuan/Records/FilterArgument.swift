import ArgumentParser
import DomainModel

/// `field=value`, `field>=value`, … of a command line, as a list is asked for it.
struct FilterArgument: ExpressibleByArgument, Hashable {
    static let discussion = """
        Filters: field=value, field!=value (another or none), field=a|b (one of them), field<value, field<=value, \
        field>value, field>=value (numbers and days), field~text (has it within), field= (no value), \
        field!= (any value).
        """

    /// The longer ones first, since they begin like others.
    private static let signs: [(sign: String, comparison: FieldComparison.Operator)] = [
        ("!=", .ne), ("<=", .lte), (">=", .gte), ("=", .eq), ("<", .lt), (">", .gt), ("~", .contains),
    ]

    let comparison: FieldComparison

    init?(argument: String) {
        let code = String(argument.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        let rest = argument.dropFirst(code.count)
        guard FieldDefinition.isCode(code), let found = Self.signs.first(where: { rest.hasPrefix($0.sign) }) else {
            return nil
        }
        let value = String(rest.dropFirst(found.sign.count))
        switch (found.comparison, value.isEmpty) {
        case (.eq, true): comparison = FieldComparison(code, .empty)
        case (.ne, true): comparison = FieldComparison(code, .given)
        case (_, true): return nil
        case (.eq, false):
            let parts = value.split(separator: "|").map(String.init)
            if parts.count > 1, value.contains(",") { return nil }
            comparison = parts.count > 1 ? FieldComparison(code, .in, parts) : FieldComparison(code, .eq, [value])
        case (let other, false): comparison = FieldComparison(code, other, [value])
        }
    }
}
