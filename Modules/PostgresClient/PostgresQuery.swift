/// A statement with its binds. Values never become part of the SQL.
///
/// ```swift
/// let query: PostgresQuery = """
///     /* statistics.observation.byRegion */
///     SELECT id, value FROM statistics.observation
///     WHERE region = \(region) AND period = ANY(\(periods)) AND status IS NOT DISTINCT FROM \(status)
///     """
/// ```
///
/// Every `\(value)` becomes a bind `$n`; optionals bind NULL when `nil`. `\(unescaped: text)` splices SQL: never give
/// it anything from outside the program. A leading comment marks the statement in errors, logs and
/// `pg_stat_statements`.
///
/// A Swift `String` is sent without a type, so the server takes the type of the place where it stands (`uuid`, an
/// enum, `jsonb`, …). Where the place says nothing (`SELECT jsonb_build_object('a', \(text))`), add a cast:
/// `\(text)::text`.
public struct PostgresQuery: Sendable {
    /// The SQL, with `$1`, `$2`, … for the binds.
    public var sql: String
    /// The binds, in order.
    public var binds: [any PostgresEncodable]

    /// A statement with numbered parameters.
    public init(sql: String, binds: [any PostgresEncodable] = []) {
        self.sql = sql
        self.binds = binds
    }

    /// The text of a leading `/* … */` comment, else the statement's first word: fit for logs and metric labels.
    public var marker: String { Self.marker(of: sql) }

    static func marker(of sql: String) -> String {
        let text = sql.drop { $0.isWhitespace }
        if text.hasPrefix("/*"), let end = text.firstRange(of: "*/") {
            let comment = text[..<end.lowerBound].dropFirst(2).drop { $0.isWhitespace }
            return String(comment.reversed().drop { $0.isWhitespace }.reversed())
        }
        return String(text.prefix { $0.isLetter })
    }
}

extension PostgresQuery: ExpressibleByStringInterpolation {
    /// Collects the SQL and the binds of an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql = ""
        var binds: [any PostgresEncodable] = []

        /// Makes room for the literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + 4 * interpolationCount)
            binds.reserveCapacity(interpolationCount)
        }

        /// Appends SQL.
        public mutating func appendLiteral(_ literal: String) {
            sql += literal
        }

        /// Appends a bind.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            binds.append(value)
            sql += "$\(binds.count)"
        }

        /// Appends a bind that may be absent: NULL then.
        ///
        /// An overload of its own, since the compiler takes an optional in a generic interpolation for a mistake.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            binds.append(value)
            sql += "$\(binds.count)"
        }

        /// Splices SQL from within the program: a table's name, a clause chosen by a switch.
        public mutating func appendInterpolation(unescaped text: String) {
            sql += text
        }
    }

    /// SQL without binds.
    public init(stringLiteral value: String) {
        self.init(sql: value)
    }

    /// SQL with the binds of an interpolated literal.
    public init(stringInterpolation: StringInterpolation) {
        self.init(sql: stringInterpolation.sql, binds: stringInterpolation.binds)
    }
}
