public import Metrics
import Synchronization

/// Keeps the metrics of a process and writes them in Prometheus' text format.
///
/// A backend of swift-metrics: `Counter`, `FloatingPointCounter`, `Meter` and
/// `Gauge` become counters and gauges, `Recorder` a summary of count and sum,
/// `Timer` a histogram in seconds with fixed buckets. A metric that is made
/// twice with the same label and dimensions is the same metric.
///
/// Labels follow Prometheus: `_total` for counters, base units, `_seconds` for
/// times. Dimensions must have few values (route, method, status; never a code
/// of a record or a file name), because each combination lives for ever.
public final class PrometheusRegistry: Sendable {
    /// Upper bounds of a histogram's buckets, in seconds; the one without bound comes by itself.
    static let buckets: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    enum Kind: String, Sendable {
        case counter
        case gauge
        case summary
        case histogram
    }

    struct Key: Hashable, Sendable {
        let name: String
        let labels: [Label]
    }

    struct Label: Hashable, Sendable {
        let name: String
        let value: String
    }

    private struct State {
        var kinds: [String: Kind] = [:]
        var help: [String: String] = [:]
        var series: [Key: Series] = [:]
        var collectors: [@Sendable () async -> Void] = []
    }

    private let state = Mutex(State())

    /// Makes an empty registry.
    public init() {}

    /// Says in one line what a metric means: the HELP text.
    public func describe(_ label: String, _ help: String) {
        let name = Self.sanitised(label)
        state.withLock { $0.help[name] = help }
    }

    /// Adds work to be done before each scrape, for gauges that cost a query.
    public func beforeScrape(_ collect: @escaping @Sendable () async -> Void) {
        state.withLock { $0.collectors.append(collect) }
    }

    /// All metrics in the text format 0.0.4, after the collectors have run.
    public func scrape() async -> String {
        for collect in state.withLock({ $0.collectors }) { await collect() }
        return exposition()
    }

    /// All metrics as they are, in the text format 0.0.4, in the order of names and labels.
    func exposition() -> String {
        let (kinds, help, series) = state.withLock { ($0.kinds, $0.help, $0.series) }
        return PrometheusText.write(kinds: kinds, help: help, series: series)
    }

    /// The series of a label and its dimensions, made at the first call.
    ///
    /// A label that already stands for another kind of metric gives a series that is not written: two kinds under one
    /// name would make the whole page unreadable.
    func series(_ label: String, _ dimensions: [(String, String)], _ kind: Kind) -> Series {
        let name = Self.sanitised(label)
        var labels = dimensions.map { Label(name: Self.sanitised($0.0, colons: false), value: $0.1) }
        labels.sort { $0.name < $1.name }
        let key = Key(name: name, labels: labels)
        return state.withLock { state in
            if let known = state.kinds[name], known != kind { return Series(kind) }
            if let known = state.series[key] { return known }
            let series = Series(kind)
            state.kinds[name] = kind
            state.series[key] = series
            return series
        }
    }

    func remove(_ handler: AnyObject) {
        state.withLock { state in
            guard let key = state.series.first(where: { $0.value === handler })?.key else { return }
            state.series[key] = nil
        }
    }

    /// A name of the characters that Prometheus allows: others become `_`.
    private static func sanitised(_ label: String, colons: Bool = true) -> String {
        var name = ""
        for scalar in label.unicodeScalars {
            let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
            let isDigit = ("0"..."9").contains(scalar) && !name.isEmpty
            name.unicodeScalars.append(isLetter || isDigit || (colons && scalar == ":") ? scalar : "_")
        }
        return name.isEmpty ? "_" : name
    }
}

extension PrometheusRegistry: MetricsFactory {
    /// A counter of whole numbers.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter)
    }

    /// A counter of any numbers.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter)
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge)
    }

    /// A gauge, or a summary of count and sum when it aggregates.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        series(label, dimensions, aggregate ? .summary : .gauge)
    }

    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram)
    }

    /// Forgets the counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    /// Forgets the counter.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    /// Forgets the gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    /// Forgets the gauge or summary.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    /// Forgets the histogram.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
