import DomainModel
import HTTPTypes
import ServiceKit
import Storage

/// Assessments over HTTP.
struct AssessmentRoutes: Sendable {
    let platform: Platform
    let assessor: Assessor

    func mount(on api: APIRouter) {
        api.post(
            "/v1/assessments",
            summary: "Assess a plan",
            zh: "评估规划",
            permission: .runAssessments,
            body: .json(AssessmentRequest.self),
            isLong: true,
            answers: [.json(Assessment.self, status: .created), .json(Assessment.self)],
            problems: [.notFound]
        ) { request in
            let question = try await request.body(as: AssessmentRequest.self)
            let (assessment, isNew) = try await assessor.assess(question, as: request.activity)
            return try Assessor.response(assessment, isNew: isNew)
        }
        api.get(
            "/v1/assessments",
            summary: "Assessments, newest first, without their findings",
            zh: "评估，最新在前，不含结论",
            permission: .readAssessments,
            query: [Parameter("plan", .text, "Only those of a plan", zh: "仅该规划")]
                + Parameter.paging(sort: AssessmentStore.sortable),
            answers: [.json(Page<Assessment>.self)],
            problems: []
        ) { request in
            let (plan, question) = (try request.query("plan"), try request.listQuestion)
            let page = try await platform.read(request.principal) { connection in
                try await AssessmentStore(connection).list(plan: plan, question)
            }
            return try .page(page, for: request)
        }
        api.get(
            "/v1/assessments/{id}",
            summary: "One assessment with its findings",
            zh: "单次评估及其结论",
            permission: .readAssessments,
            parameters: [
                Parameter("id", .integer(1...Int.max), "Number of the assessment", zh: "评估编号", isRequired: true)
            ],
            answers: [.json(Assessment.self)],
            problems: [.notFound]
        ) { request in
            let id = try request.path("id", as: Int64.self)
            let found = try await platform.read(request.principal) { connection in
                try await AssessmentStore(connection).find(id)
            }
            guard let found else { throw Problem.notFound("assessment", zh: "评估", id) }
            return try .json(found)
        }
    }
}
