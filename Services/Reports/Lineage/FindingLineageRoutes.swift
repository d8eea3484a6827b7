import DomainModel
import HTTPTypes
import PlatformClient
import ServiceKit
import Storage

/// The way from a finding to the target and the values it rests on, which the ingest service leads on to their files.
struct FindingLineageRoutes: Sendable {
    let platform: Platform
    /// A client of the ingest service, which has the submitted files; its address may be known only once this process
    /// listens.
    let ingest: @Sendable () throws -> PlatformClient

    func mount(on api: APIRouter) {
        api.get(
            "/v1/lineage/F{rest}",
            summary: "What a finding rests on",
            zh: "评估结论的依据",
            permission: .readAssessments,
            answers: [.json(LineageTrace.self)],
            problems: [.notFound, .lineageCodeInvalid, .upstreamUnavailable]
        ) { request in
            let code = "F" + (try request.path("rest"))
            guard case .finding(let id) = LineageCode(code) else {
                throw Problem.mistypedLineageCode(code)
            }
            let (finding, editions) = try await platform.read(request.principal) { connection in
                (
                    try await AssessmentStore(connection).finding(id)?.finding,
                    try await EditionStore(connection).printing(LineageCode.finding(id: id).description)
                )
            }
            guard let finding else { throw Problem.notFound("finding", zh: "评估结论", code) }
            return try .json(
                LineageTrace(
                    code: LineageCode.finding(id: id).description,
                    finding: finding,
                    sources: try await sources(of: finding, for: request),
                    printedIn: editions
                )
            )
        }
        api.get(
            "/v1/lineage/{code}/editions",
            summary: "Names of the editions that print a code",
            zh: "印有该溯源码的报告版本",
            permission: .readReports,
            answers: [.json(Page<String>.self)],
            problems: [.lineageCodeInvalid]
        ) { request in
            let code = try request.path("code")
            guard let known = LineageCode(code) else {
                throw Problem.mistypedLineageCode(code)
            }
            let names = try await platform.read(request.principal) { connection in
                try await EditionStore(connection).printing(known.description)
            }
            return try .page(Page(items: names), for: request)
        }
    }

    private func sources(of finding: Finding, for request: APIRequest) async throws -> [LineageTrace] {
        let evidence = [finding.baseline, finding.revisedBaseline, finding.actual].compactMap { $0 }
        var codes: [String] = []
        for code in [finding.target.lineage] + evidence.flatMap({ [$0.lineage] + $0.summands.map(\.lineage) }) {
            if let code, !codes.contains(code) { codes.append(code) }
        }
        var traces: [LineageTrace] = []
        let ingest = try ingest().forwarding(
            requestID: request.id,
            traceparent: request.traceparent,
            tracestate: request.tracestate,
            authorization: request.authorization
        )
        for code in codes {
            do {
                traces.append(try await ingest.get("/v1/lineage/\(code)"))
            } catch let error as PlatformClientError {
                throw UpstreamFailure(error)
            }
        }
        return traces
    }
}
