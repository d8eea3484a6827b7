import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Metrics
import NIOCore
import Testing

@testable import ServiceKit

@Suite("Metrics in Prometheus' text format")
struct PrometheusTests {
    @Test("counters, gauges, summaries and histograms are written in order, with escapes")
    func exposition() throws {
        let registry = PrometheusRegistry()
        registry.describe("b_total", "Counts \\ and\nlines")
        Counter(label: "b_total", dimensions: [("z", "1"), ("a", "say \"hi\"\n\\")], factory: registry).increment(by: 2)
        Counter(label: "b_total", dimensions: [("z", "1"), ("a", "say \"hi\"\n\\")], factory: registry).increment()
        FloatingPointCounter(label: "f_total", factory: registry).increment(by: 0.5)
        let gauge = Meter(label: "c.d-e", factory: registry)
        gauge.set(3)
        gauge.decrement(by: 0.5)
        Gauge(label: "g", factory: registry).record(-7)
        let recorder = Recorder(label: "r", dimensions: [], factory: registry)
        recorder.record(2)
        recorder.record(3.5)
        let timer = Timer(label: "t_seconds", dimensions: [("route", "/v1/x")], factory: registry)
        timer.recordMilliseconds(4)
        timer.recordSeconds(2)
        timer.recordSeconds(100)

        let text = registry.exposition()
        #expect(
            text.hasPrefix(
                """
                # HELP b_total Counts \\\\ and\\nlines
                # TYPE b_total counter
                b_total{a="say \\"hi\\"\\n\\\\",z="1"} 3
                # TYPE c_d_e gauge
                c_d_e 2.5
                # TYPE f_total counter
                f_total 0.5
                # TYPE g gauge
                g -7
                # TYPE r summary
                r_sum 5.5
                r_count 2
                # TYPE t_seconds histogram
                t_seconds_bucket{route="/v1/x",le="0.001"} 0
                """
            )
        )
        #expect(text.contains(#"t_seconds_bucket{route="/v1/x",le="0.005"} 1"#))
        #expect(text.contains(#"t_seconds_bucket{route="/v1/x",le="2.5"} 2"#))
        #expect(text.contains(#"t_seconds_bucket{route="/v1/x",le="+Inf"} 3"#))
        #expect(text.hasSuffix("t_seconds_sum{route=\"/v1/x\"} 102.004\nt_seconds_count{route=\"/v1/x\"} 3\n"))
        try ExpositionGrammar.check(text)
    }

    @Test("one name has one kind, and a destroyed metric is gone")
    func kinds() throws {
        let registry = PrometheusRegistry()
        let counter = Counter(label: "x", factory: registry)
        counter.increment()
        Meter(label: "x", factory: registry).set(7)
        #expect(registry.exposition() == "# TYPE x counter\nx 1\n")
        counter.destroy()
        #expect(registry.exposition().isEmpty)
    }

    @Test("a thousand tasks lose no count")
    func concurrent() async {
        let registry = PrometheusRegistry()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1_000 {
                group.addTask { Counter(label: "n_total", factory: registry).increment() }
            }
        }
        #expect(registry.exposition() == "# TYPE n_total counter\nn_total 1000\n")
    }

    @Test("requests are counted by the template of their route, never by the path itself")
    func requests() async throws {
        let registry = PrometheusRegistry()
        try await withRoutes(metrics: registry) { api in
            api.get("/v1/people/{name}", summary: "", permission: .public) { _ in .text("x") }
        } _: { client in
            try await client.execute(uri: "/v1/people/zhangsan", method: .get) { #expect($0.status == .ok) }
            try await client.execute(uri: "/v1/people/lisi", method: .get) { #expect($0.status == .ok) }
            try await client.execute(uri: "/v1/secret/zhangsan", method: .get) { #expect($0.status == .notFound) }
            try await client.execute(uri: "/v1/people/x", method: .init("ODD")!) { #expect($0.status.code == 405) }
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                let text = String(buffer: response.body)
                try ExpositionGrammar.check(text)
                #expect(text.contains(#"http_requests_total{method="GET",route="/v1/people/{name}",status="200"} 2"#))
                #expect(text.contains(#"http_requests_total{method="GET",route="unknown",status="404"} 1"#))
                #expect(text.contains(#"http_requests_total{method="other",route="unknown",status="405"} 1"#))
                #expect(text.contains("# TYPE http_request_duration_seconds histogram"))
                #expect(!text.contains("zhangsan") && !text.contains("lisi"))
            }
        }
    }
}
