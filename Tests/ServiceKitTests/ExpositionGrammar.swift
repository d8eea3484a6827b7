import Testing

/// A strict reader of Prometheus' text format 0.0.4: fails on anything that the format does not allow.
///
/// Written from the grammar of the documentation ("Exposition formats", "Text-based format") and independent of the
/// code that writes: every sample belongs to the TYPE before it, names and labels have legal characters, escapes are
/// legal, no series stands twice, buckets are cumulative and end with +Inf, which equals the count.
enum ExpositionGrammar {
    struct Violation: Error, CustomStringConvertible {
        let line: Int
        let description: String
    }

    static func check(_ text: String) throws {
        var family: (name: String, type: String)?
        var families: Set<String> = []
        var series: Set<String> = []
        var buckets: [String: [(bound: Double, count: Double)]] = [:]
        var counts: [String: Double] = [:]
        #expect(text.isEmpty || text.hasSuffix("\n"))
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated() {
            func fail(_ what: String) -> Violation { Violation(line: index + 1, description: "\(what): \(line)") }
            if line.hasPrefix("# HELP ") { continue }
            if line.hasPrefix("# TYPE ") {
                let parts = line.split(separator: " ")
                guard parts.count == 4, isName(parts[2], colon: true) else { throw fail("TYPE") }
                guard ["counter", "gauge", "histogram", "summary"].contains(parts[3]) else { throw fail("kind") }
                guard families.insert(String(parts[2])).inserted else { throw fail("family stands twice") }
                family = (String(parts[2]), String(parts[3]))
                continue
            }
            guard let family else { throw fail("sample without TYPE") }
            var rest = line
            let name = rest.prefix { $0 != "{" && $0 != " " }
            guard isName(name, colon: true) else { throw fail("name") }
            let suffixes =
                ["histogram": ["_bucket", "_sum", "_count"], "summary": ["_sum", "_count"]][family.type] ?? [""]
            guard suffixes.contains(where: { name == family.name + $0 }) else { throw fail("not of \(family.name)") }
            rest = rest.dropFirst(name.count)
            var labels: [(String, String)] = []
            if rest.first == "{" { labels = try parseLabels(&rest, fail) }
            guard rest.first == " ", let value = number(rest.dropFirst()) else { throw fail("value") }
            guard Set(labels.map(\.0)).count == labels.count else { throw fail("label stands twice") }
            guard series.insert("\(name)\(labels)").inserted else { throw fail("series stands twice") }
            if family.type == "counter", value < 0 { throw fail("negative counter") }
            let key = "\(family.name)\(labels.filter { $0.0 != "le" })"
            if name.hasSuffix("_bucket") {
                guard let bound = labels.first(where: { $0.0 == "le" }).flatMap({ number($0.1[...]) }) else {
                    throw fail("le")
                }
                buckets[key, default: []].append((bound, value))
            } else if family.type == "histogram", name.hasSuffix("_count") {
                counts[key] = value
            }
        }
        for (key, list) in buckets {
            let isCumulative = zip(list, list.dropFirst()).allSatisfy { $0.bound < $1.bound && $0.count <= $1.count }
            guard isCumulative, list.last?.bound == .infinity, list.last?.count == counts[key] else {
                throw Violation(line: 0, description: "buckets of \(key)")
            }
        }
    }

    private static func isName(_ text: Substring, colon: Bool) -> Bool {
        guard let first = text.first, !("0"..."9").contains(first) else { return false }
        return text.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
                || (colon && $0 == ":")
        }
    }

    private static func number(_ text: Substring) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.contains(where: \.isWhitespace) ? nil : Double(text)
        }
    }

    private static func parseLabels(
        _ rest: inout Substring,
        _ fail: (String) -> Violation
    ) throws -> [(String, String)] {
        var labels: [(String, String)] = []
        rest = rest.dropFirst()
        while true {
            let name = rest.prefix { $0 != "=" }
            guard isName(name, colon: false), rest.dropFirst(name.count).hasPrefix("=\"") else { throw fail("label") }
            rest = rest.dropFirst(name.count + 2)
            var value = ""
            while let character = rest.popFirst(), character != "\"" {
                if character == "\\" {
                    switch rest.popFirst() {
                    case "\\": value += "\\"
                    case "n": value += "\n"
                    case "\"": value += "\""
                    default: throw fail("escape")
                    }
                } else {
                    value.append(character)
                }
            }
            labels.append((String(name), value))
            switch rest.popFirst() {
            case ",": continue
            case "}": return labels
            default: throw fail("labels")
            }
        }
    }
}
