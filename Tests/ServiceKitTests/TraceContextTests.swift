import HTTPTypes
import Testing

@testable import ServiceKit

/// Cases of W3C Trace Context §3.2.2 and §4.3.
@Suite("Traces")
struct TraceContextTests {
    private static let id = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test(
        "a valid parent's trace goes on, with a part of its own",
        arguments: [
            ("00-\(id)-00f067aa0ba902b7-01", "01"), ("00-\(id)-00f067aa0ba902b7-00", "00"),
            ("00-\(id)-00f067aa0ba902b7-ff", "01"), ("cc-\(id)-00f067aa0ba902b7-01", "01"),
            ("cc-\(id)-00f067aa0ba902b7-01-what-the-future-will-be-like", "01"),
        ]
    )
    func valid(parent: String, flags: String) {
        let trace = TraceContext(parent, state: "congo=t61rcWkgMzE")
        #expect(trace.traceID == Self.id)
        #expect(trace.spanID != "00f067aa0ba902b7" && trace.spanID.count == 16)
        #expect(trace.traceparent == "00-\(Self.id)-\(trace.spanID)-\(flags)")
        #expect(trace.state == "congo=t61rcWkgMzE")
    }

    @Test(
        "what is not valid begins a trace",
        arguments: [
            "", "00", "ff-\(id)-00f067aa0ba902b7-01", "00-\(id)-00f067aa0ba902b7-01-more", "00-\(id)-00f067aa0ba902b7",
            "00-\(id)-0000000000000000-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-\(id.uppercased())-00f067aa0ba902b7-01", "00-\(id)-00f067aa0ba902b7-1", "0x-\(id)-00f067aa0ba902b7-01",
            "00-\(id)-00f067aa0ba902bg-01", " 00-\(id)-00f067aa0ba902b7-01",
        ]
    )
    func invalid(parent: String) {
        let trace = TraceContext(parent, state: "congo=t61rcWkgMzE")
        #expect(trace.traceID != Self.id && trace.traceID.count == 32)
        #expect(trace.state == nil)
    }

    @Test("two parents are none, and states of several fields are one")
    func fields() {
        func fields(_ pairs: KeyValuePairs<String, String>) -> HTTPFields {
            var fields = HTTPFields()
            for (name, value) in pairs {
                if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
            }
            return fields
        }
        let parent = "00-\(Self.id)-00f067aa0ba902b7-01"
        #expect(TraceContext(fields(["traceparent": parent, "Traceparent": parent])).traceID != Self.id)
        let states = fields(["traceparent": parent, "tracestate": "a=1", "Tracestate": "b=2"])
        #expect(TraceContext(states).traceID == Self.id)
        #expect(TraceContext(states).state == "a=1,b=2")
        let many = (0..<33).map { "k\($0)=1" }.joined(separator: ",")
        #expect(TraceContext(parent, state: many).state == nil)
    }
}
