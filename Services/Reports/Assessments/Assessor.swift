import AssessmentMethods
import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Makes assessments: brings a plan, its targets and what was known of them together, and lets the method judge.
struct Assessor: Sendable {
    let platform: Platform
    private let method = TimeElapsedMethod()

    init(platform: Platform) {
        self.platform = platform
    }

    /// The answer to a question, and whether it was given for the first time.
    ///
    /// The instant is the one asked for, or the newest at which anything was recorded; the same question therefore
    /// finds the same assessment as long as nothing new has come in.
    ///
    /// - Parameters:
    ///   - request: The question.
    ///   - activity: In whose name, and on what occasion.
    /// - Returns: The assessment, and whether it was made now.
    /// - Throws: ``Problem`` when there is no such plan.
    func assess(
        _ request: AssessmentRequest,
        as activity: Activity
    ) async throws -> (assessment: Assessment, isNew: Bool) {
        try await platform.write(activity, isolation: .repeatableRead) { work in
            let connection = work.connection
            let newest = try await BatchStore(connection).newestInstant()
            let asOf = min(request.asOf ?? newest, newest)
            guard let plan = try await PlanStore(connection).find(request.plan)?.record() else {
                throw Problem.notFound("plan", zh: "规划", request.plan)
            }
            let period = request.period ?? .year(plan.endYear)
            let store = AssessmentStore(connection)
            let known = try await store.answering(
                plan: plan.code,
                period: period,
                asOf: asOf,
                method: TimeElapsedMethod.identifier,
                parameters: method.parameters
            )
            if let known {
                _ = try await work.answer(Self.response(known, isNew: false))
                work.changesNothing()
                return (known, false)
            }
            let made = Assessment(
                id: 0,
                plan: plan,
                period: period,
                asOf: asOf,
                method: TimeElapsedMethod.identifier,
                parameters: method.parameters,
                createdAt: asOf,
                findings: try await findings(plan, at: period, asOf: asOf, work)
            )
            let kept = try await store.create(made)
            try await work.record(
                "create",
                .assessment,
                kept.id,
                details: ["plan": .text(plan.code), "findings": .count(kept.findings.count)]
            )
            try await work.publish(
                "ceyuan.assessment.made",
                subject: "/v1/assessments/\(kept.id)",
                AssessmentEvent(assessment: kept.id, plan: plan.code, period: period, asOf: asOf)
            )
            _ = try await work.answer(Self.response(kept, isNew: true))
            return (kept, true)
        }
    }

    /// An assessment over HTTP.
    static func response(_ assessment: Assessment, isNew: Bool) throws -> APIResponse {
        try .json(
            assessment,
            status: isNew ? .created : .ok,
            headers: [.location: "/v1/assessments/\(assessment.id)"]
        )
    }

    private static let targetsAtOnce = 1_000

    private func findings(
        _ plan: Plan,
        at period: Period,
        asOf: Instant,
        _ work: UnitOfWork
    ) async throws -> [Finding] {
        let connection = work.connection
        var targets: [Target] = []
        var question = ListQuestion(limit: Self.targetsAtOnce)
        repeat {
            let page = try await TargetStore(connection).list(
                TargetStore.Filter(plan: plan.code, asOf: asOf),
                question
            )
            targets += page.items
            question.after = page.next
        } while question.after != nil
        let codes = Array(Set(targets.map(\.indicator))).sorted()
        let observations = try await ObservationStore(connection)
            .known(indicators: codes, region: plan.region, asOf: asOf)
        let byIndicator = Dictionary(grouping: observations, by: \.indicator)
        var findings: [Finding] = []
        for (index, target) in targets.enumerated() {
            try await work.activity.report(done: index, of: targets.count, "targets judged")
            guard let indicator = try await IndicatorStore(connection).find(target.indicator)?.record() else {
                throw StorageError.missing("indicator \(target.indicator)")
            }
            let values = (byIndicator[target.indicator] ?? []).map { ObservedValue($0) }
            findings.append(method.judge(indicator, against: target, of: plan, at: period, observations: values))
        }
        return findings
    }
}

/// What subscribers are told of an assessment. See docs/events.md.
private struct AssessmentEvent: Codable, Sendable {
    let assessment: Int64
    let plan: String
    let period: Period
    let asOf: Instant
}
