/// Writes metrics in Prometheus' text format, version 0.0.4.
///
/// Source: Prometheus documentation, "Exposition formats", section "Text-based
/// format": HELP and TYPE before the samples of a name, all samples of a name
/// together, `\\`, `\n` and `\"` escaped in label values, histogram buckets
/// cumulative with `+Inf` last.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func write(
        kinds: [String: PrometheusRegistry.Kind],
        help: [String: String],
        series: [PrometheusRegistry.Key: Series]
    ) -> String {
        let families = Dictionary(grouping: series) { $0.key.name }
        var text = ""
        for name in families.keys.sorted() {
            guard let kind = kinds[name], let family = families[name] else { continue }
            if let help = help[name] { text += "# HELP \(name) \(escape(help, quotes: false))\n" }
            text += "# TYPE \(name) \(kind.rawValue)\n"
            let sorted = family.map { (labels: $0.key.labels, series: $0.value) }.sorted { left, right in
                left.labels.lexicographicallyPrecedes(right.labels) { ($0.name, $0.value) < ($1.name, $1.value) }
            }
            for (labels, series) in sorted { write(name, labels, series, to: &text) }
        }
        return text
    }

    private static func write(
        _ name: String,
        _ labels: [PrometheusRegistry.Label],
        _ series: Series,
        to text: inout String
    ) {
        let numbers = series.snapshot
        switch series.kind {
        case .counter, .gauge:
            text += "\(name)\(block(labels)) \(number(numbers.value))\n"
        case .histogram:
            var cumulative = 0
            let bounds = PrometheusRegistry.buckets.map(number) + ["+Inf"]
            for (bound, count) in zip(bounds, numbers.buckets) {
                cumulative += count
                text += "\(name)_bucket\(block(labels, bound: bound)) \(cumulative)\n"
            }
            fallthrough
        case .summary:
            text += "\(name)_sum\(block(labels)) \(number(numbers.value))\n"
            text += "\(name)_count\(block(labels)) \(numbers.count)\n"
        }
    }

    private static func block(_ labels: [PrometheusRegistry.Label], bound: String? = nil) -> String {
        var pairs = labels.map { "\($0.name)=\"\(escape($0.value, quotes: true))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A number as Go reads it.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
