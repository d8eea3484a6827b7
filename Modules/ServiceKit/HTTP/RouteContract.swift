import HTTPTypes

/// Holds a handler to its declaration while the program is built for debugging: what the tests see, the documentation
/// of the API says.
///
/// A release answers what the handler gave.
enum RouteContract {
    /// An answer or problem that the route does not declare: a mistake in the plugin, answered with 500.
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a handler.
    ///
    /// - Throws: What the handler throws; ``Broken``.
    static func answer(_ route: Route, _ request: APIRequest) async throws -> APIResponse {
        #if DEBUG
        let response: APIResponse
        do {
            response = try await route.handler(request)
        } catch let problem as Problem {
            guard route.allProblems.contains(problem.code) else {
                throw Broken(description: "\(name(route)) does not declare the problem \(problem.code.id)")
            }
            throw problem
        } catch let error as any ProblemConvertible {
            guard let code = error.problem?.code, !route.allProblems.contains(code) else { throw error }
            throw Broken(description: "\(name(route)) does not declare the problem \(code.id)")
        }
        try check(response, of: route)
        return response
        #else
        return try await route.handler(request)
        #endif
    }

    private static func name(_ route: Route) -> String { "\(route.method.rawValue) \(route.path)" }

    private static func check(_ response: APIResponse, of route: Route) throws {
        let answers = route.answers.filter { $0.status == response.status }
        let type = response.headers[.contentType].map { String($0.prefix { $0 != ";" }) }
        let isDeclared = answers.contains { answer in
            guard let type else { return answer.mediaTypes.isEmpty }
            return answer.mediaTypes.contains(type) || answer.mediaTypes.contains("*/*")
        }
        guard isDeclared else {
            throw Broken(
                description:
                    "\(name(route)) does not declare the answer \(response.status.code) \(type ?? "without body")"
            )
        }
    }
}
