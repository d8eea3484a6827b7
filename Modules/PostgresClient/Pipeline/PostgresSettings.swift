/// Run-time parameters for one transaction, such as the scope that row-level security policies read.
///
/// Set with `set_config(name, value, true)`, so they end with the transaction, whatever its end.
public struct PostgresSettings: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private(set) var names: [String] = []
    private(set) var values: [String] = []

    /// Settings in the order of the literal, which is the order in which they are set.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements {
            set(name, to: value)
        }
    }

    /// True when nothing is set.
    public var isEmpty: Bool { names.isEmpty }

    /// Adds a setting, or changes it.
    ///
    /// - Parameters:
    ///   - name: A parameter of PostgreSQL's (`role`, `statement_timeout`) or one of your own, with a dot in it.
    ///   - value: As `SET` takes it, in text.
    public mutating func set(_ name: String, to value: String) {
        if let index = names.firstIndex(of: name) {
            values[index] = value
        } else {
            names.append(name)
            values.append(value)
        }
    }

    /// One statement that sets all.
    public var query: PostgresQuery? {
        guard !isEmpty else {
            return nil
        }
        let binds = zip(names, values).flatMap { [$0, $1] }
        let count = names.count
        return PostgresQuery(sql: count < Self.usual.count ? Self.usual[count] : Self.sql(count), binds: binds)
    }

    private static func sql(_ count: Int) -> String {
        let calls = (0..<count).map { "set_config($\(2 * $0 + 1), $\(2 * $0 + 2), true)" }
        return "SELECT " + calls.joined(separator: ", ")
    }

    /// The statements for few settings, which are asked for with each request.
    private static let usual = (0...8).map(sql)

    var command: ReadRequest.Command? {
        get throws {
            try query.map { ReadRequest.Command(sql: $0.sql, binds: try EncodedBinds($0)) }
        }
    }
}
