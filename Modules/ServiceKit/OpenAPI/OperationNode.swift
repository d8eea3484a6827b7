import DomainModel
import HTTPTypes

/// One route as an operation of OpenAPI.
struct OperationNode {
    private let route: Route
    private let book: SchemaBook

    init(_ route: Route, _ book: SchemaBook) {
        self.route = route
        self.book = book
    }

    /// The operation.
    ///
    /// - Throws: ``SchemaBook/Indescribable``.
    var node: JSONNode {
        get throws {
            var members: [(String, JSONNode)] = [
                ("operationId", .string(Self.identifier(route))),
                ("tags", .strings([Self.tag(route)])),
                ("summary", .string(route.summary)),
                ("x-summary-zh", .string(route.summaryZh)),
                ("security", route.permission == .public ? [] : [["bearer": []]]),
                ("x-permission", .string(route.permission.id)),
            ]
            let parameters =
                route.pathParameters.map { ParameterNode(parameter: $0, place: "path").node }
                + route.query.map { ParameterNode(parameter: $0, place: "query").node } + headers
            if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
            if !route.body.mediaTypes.isEmpty { members.append(("requestBody", try requestBody)) }
            members.append(("responses", try responses))
            return .object(of: members)
        }
    }

    /// The header fields that steer a request.
    private var headers: [JSONNode] { [HeaderNodes.matching(route)].compactMap(\.self) + sending }

    private var sending: [JSONNode] {
        guard route.method == .post || route.method == .patch else { return [] }
        let later: JSONNode = [
            "name": "Prefer", "in": "header", "required": false,
            "description": "respond-async: answer at once with the address of an operation (RFC 7240)",
            "x-description-zh": "respond-async：立即返回操作地址，稍后取结果（RFC 7240）",
            "schema": ["type": "string", "examples": ["respond-async"]],
        ]
        return (route.isLong ? [later] : []) + [
            [
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Made by the sender for this request; a repetition is answered as the first was",
                "x-description-zh": "由发送方为本次请求生成；重复发送时返回首次的结果",
                "schema": ["type": "string", "minLength": 1, "maxLength": 255, "pattern": #"^[!#-\[\]-~]+$"#],
            ]
        ]
    }

    private var requestBody: JSONNode {
        get throws {
            let schema = try route.body.type.map { try book.schema(of: $0) } ?? [:]
            return [
                "required": .bool(route.body.type != nil),
                "content": .object(of: route.body.mediaTypes.map { ($0, ["schema": schema]) }),
            ]
        }
    }

    private var responses: JSONNode {
        get throws {
            let problems = Dictionary(grouping: route.allProblems, by: \.status)
            let statuses = Set(route.answers.map(\.status.code) + problems.keys).sorted()
            let unchanged: [(String, JSONNode)] =
                route.method == .get ? [("304", notModified)] : []
            return .object(
                of: try unchanged
                    + statuses.map { status in
                        let answers = route.answers.filter { $0.status.code == status }
                        return (String(status), try response(status, answers, problems[status] ?? []))
                    }
            )
        }
    }

    private var notModified: JSONNode {
        [
            "description": "Not Modified: If-None-Match names it",
            "headers": HeaderNodes.ofAnswer(304, to: route, isProblem: false),
        ]
    }

    private func response(_ status: Int, _ answers: [Route.Answer], _ problems: [ProblemCode]) throws -> JSONNode {
        var content: [(String, JSONNode)] = []
        for answer in answers {
            let schema: JSONNode
            if case .json(let type) = answer.content {
                let whole = try book.schema(of: type)
                // With “fields” members are left out.
                schema = route.takesFields && status == 200 ? ["anyOf": [whole, book.part(of: whole)]] : whole
            } else {
                schema = [:]
            }
            content += answer.mediaTypes.map { ($0, ["schema": schema]) }
        }
        if !problems.isEmpty { content.append((ProblemBody.mediaType, ["schema": ProblemSchema.node(problems)])) }
        var members: [(String, JSONNode)] = [
            ("description", .string(Self.description(answers, problems))),
            ("headers", HeaderNodes.ofAnswer(status, to: route, isProblem: answers.isEmpty)),
        ]
        if !content.isEmpty { members.append(("content", .object(of: content))) }
        return .object(of: members)
    }

    private static func description(_ answers: [Route.Answer], _ problems: [ProblemCode]) -> String {
        guard !problems.isEmpty else { return answers.first?.status.reasonPhrase ?? "" }
        return problems.map { "`\($0.id)` \($0.title.en)" }.joined(separator: "; ")
    }

    /// `getRegionsByCode` for `GET /v1/regions/{code}`.
    private static func identifier(_ route: Route) -> String {
        let words = route.path.split { $0 == "/" || $0 == "-" || $0 == "." }.drop { $0 == "v1" }.map { segment in
            guard let open = segment.firstIndex(of: "{") else { return capitalised(segment) }
            return capitalised(segment[..<open]) + "By" + capitalised(segment[open...].dropFirst().dropLast())
        }
        return route.method.rawValue.lowercased() + words.joined()
    }

    private static func capitalised(_ text: Substring) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The collection that a path is of, or `service`.
    private static func tag(_ route: Route) -> String {
        let segments = route.path.split(separator: "/")
        return segments.first == "v1" && segments.count > 1 && segments[1] != "about" ? String(segments[1]) : "service"
    }
}
