import HTTPTypes

/// Where a request stands in a distributed trace. Source: W3C Trace Context (Recommendation, 2021) §3.
struct TraceContext: Sendable, Equatable {
    /// 32 lower-case hexadecimal digits: the same in every service that takes part.
    let traceID: String
    /// 16 digits: this service's part.
    let spanID: String
    /// Two digits: whether the caller records the trace.
    let flags: String
    /// What tracing systems pass along; only with a caller's valid `traceparent`.
    let state: String?

    /// No trace: what stands where no request is.
    static let none = TraceContext(traceID: "", spanID: "", flags: "00", state: nil)

    private init(traceID: String, spanID: String, flags: String, state: String?) {
        (self.traceID, self.spanID, self.flags, self.state) = (traceID, spanID, flags, state)
    }

    /// Goes on with the caller's trace, or begins one when its `traceparent` is absent or not valid.
    init(_ headers: HTTPFields) {
        self.init(
            headers[values: .traceparent].count == 1 ? headers[.traceparent] : nil,
            state: headers[values: .tracestate].joined(separator: ",")
        )
    }

    init(_ traceparent: String?, state: String) {
        spanID = RandomDigits.make(16)
        guard let parsed = traceparent.flatMap(Self.parse) else {
            traceID = RandomDigits.make(32)
            flags = "00"
            self.state = nil
            return
        }
        (traceID, flags) = parsed
        let members = state.split(separator: ",").count
        self.state = (1...32).contains(members) && state.utf8.count <= 8_192 ? state : nil
    }

    /// The same trace goes on in work that was put off, which is a part of its own; without one a trace begins.
    ///
    /// What tracing systems pass along is not kept with work that waits: it may be long, and is theirs.
    init(continuing traceparent: String?) { self.init(traceparent, state: "") }

    /// What a transaction is told: the `traceparent` that jobs and events of it are given, or nothing.
    var setting: String { traceID.isEmpty ? "" : traceparent }

    /// For the services that this one asks.
    var traceparent: String { "00-\(traceID)-\(spanID)-\(flags)" }

    /// The trace's id and flags, or `nil` when the field is to be passed over (§3.2.2, and §4.3 for later versions).
    private static func parse(_ field: String) -> (traceID: String, flags: String)? {
        let parts = field.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, parts[0] != "ff", parts.count == 4 || parts[0] != "00",
            parts[1].utf8.count == 32, parts[2].utf8.count == 16, parts[3].utf8.count == 2,
            parts[..<4].allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        // Only the lowest flag has a meaning that is known here.
        let isSampled = (UInt8(parts[3], radix: 16) ?? 0) & 1 == 1
        return (String(parts[1]), isSampled ? "01" : "00")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
