import DomainModel

extension Language {
    /// The language that `Accept-Language` prefers among those of the platform; English when it names neither.
    ///
    /// Source: RFC 9110 §12.5.4 (weights), RFC 4647 §3.4 (lookup by the primary subtag).
    init(acceptLanguage header: String?) {
        var best: (language: Language, weight: Double)?
        for range in (header ?? "").split(separator: ",") {
            let parts = range.split(separator: ";")
            guard let tag = parts.first?.filter({ !$0.isWhitespace }).lowercased() else { continue }
            let primary = tag.prefix { $0 != "-" }
            guard let language = primary == "*" ? .en : Language(rawValue: String(primary)) else { continue }
            var weight = 1.0
            for part in parts.dropFirst() {
                let text = part.filter { !$0.isWhitespace }
                if text.hasPrefix("q=") { weight = Double(text.dropFirst(2)) ?? 0 }
            }
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .en
    }
}
