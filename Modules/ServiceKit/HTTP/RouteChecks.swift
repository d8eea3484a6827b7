import DomainModel
import HTTPTypes
import Hummingbird
import Logging

extension Route {
    /// Checks a request against the declaration and makes what the handler gets.
    ///
    /// - Throws: ``Problem``: `PARAMETER_INVALID`, `REQUEST_MALFORMED`, `MEDIA_TYPE_UNSUPPORTED`, `BODY_TOO_LONG`.
    func check(
        _ request: Hummingbird.Request,
        _ context: PlatformContext,
        _ values: [Substring],
        bodyLimit: Int,
        admission: AccessCheck.Admission
    ) throws -> APIRequest {
        try check(
            request,
            id: context.requestID,
            language: context.language,
            logger: context.logger,
            values,
            bodyLimit: bodyLimit,
            admission: admission
        )
    }

    /// The same for a request that comes without a connection.
    func check(
        _ request: Hummingbird.Request,
        id: String,
        language: Language,
        logger: Logger,
        _ values: [Substring],
        bodyLimit: Int,
        admission: AccessCheck.Admission
    ) throws -> APIRequest {
        var faults: [ParameterFault] = []
        var pathValues: [String: String] = [:]
        for (parameter, raw) in zip(pathParameters, values) {
            guard let value = PercentDecoding.decode(raw) else { throw Problem.malformed("path", zh: "路径") }
            pathValues[parameter.name] = value
            if let expected = parameter.mismatch(value) {
                faults.append(ParameterFault(name: parameter.name, given: value, what: .invalid, expected: expected))
            }
        }
        let queryValues = try Self.parse(query: request.uri.query ?? "")
        faults += checkQuery(queryValues)
        guard faults.isEmpty else { throw Problem.parameters(faults) }
        let limit = self.bodyLimit ?? bodyLimit
        try checkBody(request.headers, limit: limit)
        return APIRequest(
            id: id,
            language: language,
            logger: logger,
            headers: request.headers,
            path: request.uri.path,
            route: self,
            principal: admission.principal,
            authority: admission.authority,
            pathValues: pathValues,
            queryValues: queryValues,
            incoming: request,
            bodyLimit: limit
        )
    }

    /// Splits a query; `+` stays a plus sign, so that `+08:00` of a time needs no escaping.
    private static func parse(query: String) throws -> [String: [String]] {
        var values: [String: [String]] = [:]
        for pair in query.split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            let value = pair.dropFirst(name.count + 1)
            guard let name = PercentDecoding.decode(name), let value = PercentDecoding.decode(value)
            else { throw Problem.malformed("query", zh: "查询串") }
            values[name, default: []].append(value)
        }
        return values
    }

    private func checkQuery(_ values: [String: [String]]) -> [ParameterFault] {
        var faults: [ParameterFault] = []
        let known = query.map(\.name)
        for name in values.keys.sorted() where !known.contains(name) {
            let expected =
                known.isEmpty
                ? LocalizedText(zh: "此路径没有查询参数", en: "this path takes no query parameters")
                : LocalizedText(
                    zh: "可用的有：\(known.joined(separator: "、"))",
                    en: "known are \(known.joined(separator: ", "))"
                )
            faults.append(ParameterFault(name: name, given: values[name]?.first, what: .unknown, expected: expected))
        }
        for parameter in query {
            guard let given = values[parameter.name] else {
                if parameter.isRequired {
                    let expected = LocalizedText(zh: parameter.summaryZh, en: parameter.summary)
                    faults.append(ParameterFault(name: parameter.name, given: nil, what: .missing, expected: expected))
                }
                continue
            }
            if given.count > 1, !parameter.isRepeatable {
                let expected = LocalizedText(zh: "只给一次", en: "given once")
                faults.append(
                    ParameterFault(name: parameter.name, given: given[1], what: .repeated, expected: expected)
                )
            }
            for value in given {
                guard let expected = parameter.mismatch(value) else { continue }
                faults.append(ParameterFault(name: parameter.name, given: value, what: .invalid, expected: expected))
            }
        }
        return faults
    }

    private func checkBody(_ headers: HTTPFields, limit: Int) throws {
        let length = headers[.contentLength].flatMap { Int($0) }
        let hasBody = length.map { $0 > 0 } ?? (headers[.transferEncoding] != nil)
        guard hasBody, method == .post || method == .put else { return }
        if let length, length > limit { throw Problem.tooLong(limit: limit) }
        let type = headers[.contentType].map { $0.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace } } ?? ""
        guard !accepts.contains(type) else { return }
        let expected = accepts.joined(separator: ", ")
        throw Problem(
            .mediaTypeUnsupported,
            type.isEmpty
                ? "The body has no Content-Type; expected \(expected)." : "The body is \(type); expected \(expected).",
            zh: type.isEmpty ? "请求体没有 Content-Type，应为 \(expected)。" : "请求体类型为 \(type)，应为 \(expected)。"
        )
    }
}

extension Problem {
    /// Something of the request line that cannot be read.
    fileprivate static func malformed(_ part: String, zh: String) -> Problem {
        Problem(.requestMalformed, "The \(part) is not valid percent-encoded UTF-8.", zh: "\(zh)不是有效的百分号编码 UTF-8。")
    }

    /// A body over its limit.
    static func tooLong(limit: Int) -> Problem {
        Problem(.bodyTooLong, "The body is longer than \(limit) bytes.", zh: "请求体超过 \(limit) 字节。")
    }
}
