import Metrics
import Synchronization

/// The numbers of one metric with one set of labels.
final class Series: Sendable {
    struct Numbers {
        /// The value of a counter or gauge; the sum of a summary or histogram.
        var value = 0.0
        var count = 0
        /// How many observations fell into each bucket, and at the end those above all bounds.
        var buckets: [Int] = []
    }

    let kind: PrometheusRegistry.Kind
    private let numbers: Mutex<Numbers>

    init(_ kind: PrometheusRegistry.Kind) {
        self.kind = kind
        let buckets = kind == .histogram ? Array(repeating: 0, count: PrometheusRegistry.buckets.count + 1) : []
        numbers = Mutex(Numbers(buckets: buckets))
    }

    var snapshot: Numbers { numbers.withLock { $0 } }

    private func add(_ amount: Double) { numbers.withLock { $0.value += amount } }

    private func observe(_ value: Double) {
        numbers.withLock {
            $0.value += value
            $0.count += 1
            guard kind == .histogram else { return }
            let index = PrometheusRegistry.buckets.firstIndex { value <= $0 } ?? PrometheusRegistry.buckets.count
            $0.buckets[index] += 1
        }
    }
}

extension Series: CounterHandler, FloatingPointCounterHandler {
    func increment(by amount: Int64) { add(Double(amount)) }
    // A counter never falls.
    func increment(by amount: Double) { if amount > 0 || kind == .gauge { add(amount) } }
    func reset() { numbers.withLock { $0.value = 0 } }
}

extension Series: MeterHandler {
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { numbers.withLock { $0.value = value } }
    func decrement(by amount: Double) { add(-amount) }
}

extension Series: RecorderHandler {
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { kind == .gauge ? set(value) : observe(value) }
}

extension Series: TimerHandler {
    func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }
}
