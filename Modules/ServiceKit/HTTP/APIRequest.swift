public import DomainModel
public import HTTPTypes
import Hummingbird
public import Logging

/// A request that has passed the checks of its route.
public struct APIRequest: Sendable {
    /// The request id: stands in the log, in problems and in `X-Request-ID`; forward it to other services.
    public let id: String
    /// The language of texts in the answer, by `Accept-Language`.
    public let language: Language
    /// Logs with the request id.
    public let logger: Logger
    /// The header fields.
    public let headers: HTTPFields
    /// The path as it was sent, without the query.
    public let path: String
    /// The route that matched.
    public let route: Route
    /// Who sends it.
    public let principal: Principal
    /// All that the sender may do; `nil` on public routes.
    public let authority: Authority?

    let pathValues: [String: String]
    let queryValues: [String: [String]]
    let incoming: Hummingbird.Request
    let bodyLimit: Int
    /// The request's idempotency key, and what became of it.
    var keyed: KeyedRequest?
    /// How the body is packed.
    var unpacking: BodyUnpacking?
    /// When the handler is cancelled.
    var deadline: RequestDeadlines.Entry?
    /// The request's place in a trace.
    var trace = TraceContext.none
    /// Where it is said how far the work has come; `nil` while the sender waits.
    var meter: ProgressMeter?

    /// Path and query as they were sent.
    public var target: String { incoming.uri.query.map { "\(path)?\($0)" } ?? path }

    /// `traceparent` for services that are asked on behalf of the request. Source: W3C Trace Context §3.2.
    public var traceparent: String { trace.traceparent }

    /// `tracestate` of the caller, to forward beside it. Source: W3C Trace Context §3.3.
    public var tracestate: String? { trace.state }

    /// `Authorization` of the caller, to forward to other services of the platform.
    public var authorization: String? { headers[.authorization] }

    // MARK: Parameters

    /// A parameter of the path, percent-decoded.
    ///
    /// - Parameter name: The name between braces in the route's path.
    /// - Returns: The value.
    /// - Throws: An error that is answered with 500 when the path has no such parameter.
    public func path(_ name: String) throws -> String {
        guard let value = pathValues[name] else { throw UndeclaredParameter(route: route.path, name: name) }
        return value
    }

    /// A parameter of the path as a number, instant, period, …
    public func path<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type) throws -> Value {
        try convert(path(name), name, Value.init)
    }

    /// A parameter of the query, or `nil` when it is not given.
    ///
    /// - Parameter name: A name that the route declares.
    /// - Returns: The value, the first one of a repeatable parameter.
    /// - Throws: An error that is answered with 500 when the route does not declare the name.
    public func query(_ name: String) throws -> String? {
        guard route.query.contains(where: { $0.name == name }) else {
            throw UndeclaredParameter(route: route.path, name: name)
        }
        return queryValues[name]?.first
    }

    /// A parameter of the query as a number, boolean, instant, period, …
    @_disfavoredOverload
    public func query<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type) throws -> Value? {
        try query(name).map { try convert($0, name, Value.init) }
    }

    /// A parameter of the query as a case of an enumeration.
    public func query<Value: RawRepresentable>(_ name: String, as type: Value.Type) throws -> Value?
    where Value.RawValue == String {
        try query(name).map { try convert($0, name, Value.init(rawValue:)) }
    }

    /// A parameter of the query that the route declares as required.
    public func requiredQuery(_ name: String) throws -> String {
        guard let value = try query(name) else { throw UndeclaredParameter(route: route.path, name: name) }
        return value
    }

    /// Every value of a repeatable parameter of the query, in order.
    public func queryAll(_ name: String) throws -> [String] {
        _ = try query(name)
        return queryValues[name] ?? []
    }

    /// The state of knowledge that is asked about; the route declares ``Parameter/asOf``.
    public var asOf: Instant? {
        get throws { try query("asOf", as: Instant.self) }
    }

    /// Declared kinds are checked before the handler runs, so this fails only where a handler asks for another type
    /// than it declared, or where a kind is wider than the type.
    private func convert<Value>(_ text: String, _ name: String, _ make: (String) -> Value?) throws -> Value {
        if let value = make(text) { return value }
        let expected = LocalizedText(zh: "有效的 \(name)", en: "a valid \(name)")
        throw Problem.parameters([ParameterFault(name: name, given: text, what: .invalid, expected: expected)])
    }
}

/// A handler asked for a parameter that its route does not declare: a mistake in the plugin, answered with 500.
struct UndeclaredParameter: Error, CustomStringConvertible {
    let route: String
    let name: String

    var description: String { "the route \(route) does not declare the parameter \(name)" }
}
