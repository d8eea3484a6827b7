import DomainModel
import HTTPTypes

/// Where a plugin declares its routes.
///
/// A route says in data what it takes, and the router checks it before the
/// handler runs: unknown, missing and wrong parameters, the media type and the
/// length of the body. A handler therefore reads parameters without checking
/// them, and throws ``Problem`` for what only it can know.
///
///     api.get(
///         "/v1/regions/{code}", summary: "One region", zh: "一个地区", permission: .readRegistry,
///         answers: [.json(Region.self)], problems: [.notFound]
///     ) { request in
///         let code = try request.path("code")
///         guard let region = try await regions.find(code) else {
///             throw Problem.notFound("region", zh: "区域", code)
///         }
///         return try .json(region)
///     }
///
/// It also says everything that it answers. `/openapi.json` is made from that,
/// and while the program is built for debugging an answer or a problem that is
/// not declared becomes a 500, so that tests find it.
///
/// A parameter of the path is a whole segment (`{code}`) or the rest of one
/// after a fixed beginning (`O{number}`), so that two plugins may share a
/// collection and tell its members apart by their prefix.
public final class APIRouter {
    /// A handler of a route: takes the checked request, gives the answer.
    public typealias Handler = @Sendable (APIRequest) async throws -> APIResponse

    /// The routes in the order of their declaration.
    public private(set) var routes: [Route] = []

    /// Makes an empty router.
    public init() {}

    /// Declares a route that reads; HEAD is answered as well.
    ///
    /// - Parameters: as of ``post(_:summary:zh:permission:parameters:query:body:bodyLimit:isLong:answers:problems:matching:handler:)``.
    public func get(
        _ path: String,
        summary: String,
        zh: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        answers: [Route.Answer],
        problems: [ProblemCode],
        handler: @escaping Handler
    ) {
        add(.get, path, summary, zh, permission, parameters, query, .none, nil, answers, problems, handler)
    }

    /// Declares a route that makes or starts something.
    ///
    /// - Parameters:
    ///   - path: The path with parameters in braces.
    ///   - summary: What it does, in one line.
    ///   - zh: The same in Chinese.
    ///   - permission: What it asks of its caller; a route for anybody says `.public`.
    ///   - parameters: Kinds of the path's parameters that are not just text.
    ///   - query: The parameters of the query; others are refused.
    ///   - body: What body it takes.
    ///   - bodyLimit: The longest body in bytes; `nil` leaves it to the host's configuration (1 MiB).
    ///   - isLong: Whether it may take so long that a sender may prefer to be answered later. Its handler answers with
    ///     `Location`, and says by ``Activity/report(done:of:_:)`` how far it has come.
    ///   - answers: Everything that the handler answers when all is well.
    ///   - problems: The problems that the handler throws; those of parameters, body and load are the host's.
    ///   - matching: Who compares `If-Match` with the present version.
    ///   - handler: What answers.
    public func post(
        _ path: String,
        summary: String,
        zh: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        body: Route.Body,
        bodyLimit: Int? = nil,
        isLong: Bool = false,
        answers: [Route.Answer],
        problems: [ProblemCode],
        matching: Route.Matching = .byHost,
        handler: @escaping Handler
    ) {
        precondition(!isLong || permission != .public, "\(path): what is answered later has somebody who asked")
        precondition(!isLong || body.isHeld, "\(path): what is answered later has a JSON body or none")
        let later = Route.Answer.json(OperationRecord.self, status: .accepted)
        let all = isLong ? answers + [later] : answers
        add(
            .post,
            path,
            summary,
            zh,
            permission,
            parameters,
            query,
            body,
            bodyLimit,
            all,
            problems,
            matching: matching,
            handler,
            isLong
        )
    }

    /// Declares a route that replaces; see ``post(_:summary:zh:permission:parameters:query:body:bodyLimit:isLong:answers:problems:matching:handler:)``.
    public func put(
        _ path: String,
        summary: String,
        zh: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        body: Route.Body,
        bodyLimit: Int? = nil,
        answers: [Route.Answer],
        problems: [ProblemCode],
        handler: @escaping Handler
    ) {
        add(.put, path, summary, zh, permission, parameters, query, body, bodyLimit, answers, problems, handler)
    }

    /// Declares a route that changes parts of a record: its handler compares `If-Match` in its transaction.
    public func patch(
        _ path: String,
        summary: String,
        zh: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        body: Route.Body,
        bodyLimit: Int? = nil,
        answers: [Route.Answer],
        problems: [ProblemCode],
        handler: @escaping Handler
    ) {
        add(
            .patch,
            path,
            summary,
            zh,
            permission,
            parameters,
            query,
            body,
            bodyLimit,
            answers,
            problems,
            matching: .byHandler,
            handler
        )
    }

    /// Declares a route that removes.
    public func delete(
        _ path: String,
        summary: String,
        zh: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        answers: [Route.Answer],
        problems: [ProblemCode],
        matching: Route.Matching = .byHost,
        handler: @escaping Handler
    ) {
        add(
            .delete,
            path,
            summary,
            zh,
            permission,
            parameters,
            query,
            .none,
            nil,
            answers,
            problems,
            matching: matching,
            handler
        )
    }

    private func add(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        _ summaryZh: String,
        _ permission: Permission,
        _ parameters: [Parameter],
        _ query: [Parameter],
        _ body: Route.Body,
        _ bodyLimit: Int?,
        _ answers: [Route.Answer],
        _ problems: [ProblemCode],
        matching: Route.Matching = .byHost,
        _ handler: @escaping Handler,
        _ isLong: Bool = false
    ) {
        let declared = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Route.names(in: path)
        precondition(path.hasPrefix("/"), "\(path): a path starts with /")
        precondition(!answers.isEmpty, "\(path): a route says what it answers")
        precondition(
            Set(names).isSuperset(of: declared.keys),
            "\(path) has no parameter \(Set(declared.keys).subtracting(names).sorted())"
        )
        let takesFields =
            method == .get && answers.contains { $0.chosenType.map { !($0 is any SimpleShape.Type) } ?? false }
        routes.append(
            Route(
                method: method,
                path: path,
                summary: summary,
                summaryZh: summaryZh,
                permission: permission,
                pathParameters: names.map { declared[$0] ?? Parameter($0, .text, "", zh: "", isRequired: true) },
                query: takesFields ? query + [.fields] : query,
                body: body,
                bodyLimit: bodyLimit,
                isLong: isLong,
                answers: answers,
                problems: problems,
                matching: matching,
                handler: handler
            )
        )
    }
}
