extension HostConfiguration {
    /// The allowed origins: `*`, or schemes with hosts and without a path. Source: RFC 6454 §6.2.
    ///
    /// - Parameter text: The origins, commas between them.
    /// - Returns: The origins.
    /// - Throws: ``ConfigurationError`` for anything else, which would never match.
    static func origins(_ text: String) throws -> [String] {
        let origins = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        for origin in origins where origin != "*" {
            let rest = ["https://", "http://"].first { origin.hasPrefix($0) }.map { origin.dropFirst($0.count) }
            guard let rest, !rest.isEmpty, !rest.contains("/") else {
                throw ConfigurationError(
                    key: "http.corsOrigins",
                    given: origin,
                    expected: "*, or origins such as https://stat.example.cn, without a path"
                )
            }
        }
        return origins
    }
}
