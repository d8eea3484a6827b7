import PostgresClient

/// What the rows of a list must fulfil: SQL that grows with each filter that is given.
struct ListConditions {
    private(set) var terms: [String] = []
    private(set) var binds: [any PostgresEncodable] = []

    /// The column has this value, if one is given.
    mutating func equal(_ column: String, _ value: (some PostgresEncodable)?) {
        guard let value else { return }
        terms.append("\(column) = \(bind(value))")
    }

    /// A condition of another kind; `#` stands for the value.
    mutating func add(_ sql: String, _ value: some PostgresEncodable) {
        let name = bind(value)
        terms.append(sql.split(separator: "#", omittingEmptySubsequences: false).joined(separator: name))
    }

    /// A condition without a value.
    mutating func add(_ sql: String) { terms.append(sql) }

    /// The SQL name of a value.
    mutating func bind(_ value: some PostgresEncodable) -> String {
        binds.append(value)
        return "$\(binds.count)"
    }

    /// The same values without the terms, for a statement that has them in its tables already.
    var fulfilled: ListConditions {
        var copy = self
        copy.terms = []
        return copy
    }

    /// `WHERE …`, or nothing.
    var sql: String { terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ") }
}
