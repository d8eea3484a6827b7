import HTTPTypes

/// The header fields of answers, and those by which a request says what it knows already.
enum HeaderNodes {
    /// All that answers may carry, by the name of their component.
    static let components: JSONNode = [
        "RequestID": [
            "description": "Stands in the service's log; forward it to other services.",
            "schema": ["type": "string", "minLength": 8, "maxLength": 64],
        ],
        "PreferenceApplied": [
            "description": "Which preference was followed: respond-async.",
            "schema": ["type": "string"],
        ],
        "Location": [
            "description": "Where the record is that was made, or that is meant.",
            "schema": ["type": "string", "format": "uri-reference"],
        ],
        "ETag": [
            "description": "The version: for If-None-Match and If-Match. Absent where the answer must not be kept.",
            "schema": ["type": "string", "pattern": #"^(W/)?".*"$"#],
        ],
        "RetryAfter": [
            "description": "After how many seconds to try again, where trying again may help.",
            "schema": ["type": "integer", "minimum": 0],
        ],
        "WWWAuthenticate": [
            "description": "What to show: a bearer token.",
            "schema": ["type": "string"],
        ],
        "IdempotencyReplayed": [
            "description": "Present when this is the answer to an earlier request with the same Idempotency-Key.",
            "schema": ["type": "string", "const": "true"],
        ],
        "ContentLanguage": [
            "description": "The language of title, detail and hint, by Accept-Language.",
            "schema": ["type": "string", "enum": ["en", "zh"]],
        ],
        "RateLimit": [
            "description": "How the caller stands, where the service limits the rate of requests.",
            "schema": ["type": "string"],
        ],
        "RateLimitPolicy": [
            "description": "The limit, where the service limits the rate of requests.",
            "schema": ["type": "string"],
        ],
    ]

    /// Those of the answers to a route with a status.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - route: The route.
    ///   - isProblem: Whether the status is only that of problems.
    /// - Returns: References to components by the names of the fields.
    static func ofAnswer(_ status: Int, to route: Route, isProblem: Bool) -> JSONNode {
        var fields = [("X-Request-ID", "RequestID")]
        switch status {
        case 201, 202, 308: fields.append(("Location", "Location"))
        case 401: fields.append(("WWW-Authenticate", "WWWAuthenticate"))
        case 429, 503: fields.append(("Retry-After", "RetryAfter"))
        case 304, 412: fields.append(("ETag", "ETag"))
        default: break
        }
        if status == 200, route.method == .get || route.requiresMatch { fields.append(("ETag", "ETag")) }
        if status == 201, route.requiresMatch { fields.append(("ETag", "ETag")) }
        if status == 202, route.isLong { fields.append(("Preference-Applied", "PreferenceApplied")) }
        if isProblem {
            fields.append(("Content-Language", "ContentLanguage"))
        } else if route.method == .post || route.method == .patch {
            fields.append(("Idempotency-Replayed", "IdempotencyReplayed"))
        }
        if !isProblem || status == 429 {
            fields += [("RateLimit", "RateLimit"), ("RateLimit-Policy", "RateLimitPolicy")]
        }
        return .object(of: fields.map { ($0, ["$ref": .string("#/components/headers/\($1)")]) })
    }

    /// How a request says which version it knows: a reader, not to get it again; a change, not to undo another one.
    static func matching(_ route: Route) -> JSONNode? {
        if route.method == .get {
            return [
                "name": "If-None-Match", "in": "header", "required": false,
                "description":
                    "ETags of versions that the caller has: answered with 304 when one is the present version",
                "x-description-zh": "调用方已有版本的 ETag：若其一为当前版本，则返回 304",
                "schema": schema,
            ]
        }
        if route.requiresMatch || [.put, .patch, .delete].contains(route.method) {
            return [
                "name": "If-Match", "in": "header", "required": .bool(route.requiresMatch),
                "description": "The ETag of the version that the change starts from",
                "x-description-zh": "变更所依据版本的 ETag",
                "schema": schema,
            ]
        }
        return nil
    }

    private static let schema: JSONNode = ["type": "string", "examples": [#""17-2024-01-01""#]]
}

extension Route {
    /// Whether a change must say which version it has seen.
    fileprivate var requiresMatch: Bool { problems.contains { $0.id == ProblemCode.preconditionRequired.id } }
}
