import DomainModel
import PostgresClient

extension OperationStore {
    // What became of an operation is read where it is written: the job in the queue or in its history, the answer that
    // was kept with the effect, the problem beside the request. An answer that stands has happened, whatever its job
    // came to afterwards; a problem counts unless somebody put the job into the queue again.
    static let listing = Listing(
        marker: "requests.operation.list",
        columns: """
            o.id, o.target, o.principal, o.request_id, s.state, coalesce(j.cancel_requested, false),
            coalesce(j.progress_done, h.progress_done), coalesce(j.progress_total, h.progress_total),
            coalesce(j.progress_note, h.progress_note), a.status, a.headers,
            CASE WHEN s.state = 'failed' THEN ARRAY[o.problem->>'code', o.problem->>'status', o.problem->>'title_en',
                o.problem->>'title_zh', o.problem->>'detail_en', o.problem->>'detail_zh', o.problem->>'hint_en',
                o.problem->>'hint_zh'] END,
            o.created_at, coalesce(j.started_at, h.started_at), coalesce(j.finished_at, h.finished_at)
            """,
        tables: """
            requests.operation o
            LEFT JOIN jobs.job j ON j.id = o.id
            LEFT JOIN LATERAL (SELECT * FROM jobs.history WHERE history.id = o.id LIMIT 1) h ON true
            LEFT JOIN requests.answer a ON a.principal = 'operation:' || o.id AND a.key = 'answer'
            CROSS JOIN LATERAL (SELECT CASE
                WHEN a.status IS NOT NULL THEN 'succeeded'
                WHEN j.state = 'running' THEN 'running'
                WHEN j.state IN ('waiting', 'delayed') THEN 'waiting'
                WHEN o.problem IS NOT NULL THEN 'failed'
                WHEN h.outcome = 'cancelled' THEN 'cancelled'
                WHEN h.outcome = 'done' THEN 'succeeded'
                ELSE 'failed' END AS state) s
            """,
        key: [Listing.Key(column: "o.id", type: "bigint")],
        isDescending: true
    )

    static func record(_ row: PostgresRow) throws -> OperationRecord {
        let (
            id, target, principal, requestID, state, isCancelRequested, done, total, note, status, headers, problem,
            createdAt, startedAt, finishedAt
        ) = try row.decode(
            (
                Int64, String, String, String, String, Bool, Int64?, Int64?, String?, Int16?, [String]?, [String?]?,
                PostgresTimestamp, PostgresTimestamp?, PostgresTimestamp?
            ).self
        )
        return OperationRecord(
            id: id,
            request: target,
            requestedBy: principal,
            requestId: requestID,
            state: try stored(OperationRecord.State.self, state),
            isCancelRequested: isCancelRequested,
            progress: (done, total, note),
            status: status.map(Int.init),
            result: headers.flatMap(location),
            problem: problem.flatMap(failure),
            createdAt: Instant(createdAt),
            startedAt: startedAt.map { Instant($0) },
            finishedAt: finishedAt.map { Instant($0) }
        )
    }

    /// `Location` among names and values by turns.
    private static func location(_ headers: [String]) -> String? {
        stride(from: 0, to: headers.count - 1, by: 2).first { headers[$0].lowercased() == "location" }
            .map { headers[$0 + 1] }
    }

    private static func failure(_ members: [String?]) -> OperationRecord.Failure? {
        guard members.count == 8, let code = members[0], let status = members[1].flatMap(Int.init) else { return nil }
        func text(_ index: Int) -> LocalizedText {
            LocalizedText(zh: members[index + 1] ?? "", en: members[index] ?? "")
        }
        return OperationRecord.Failure(code: code, status: status, title: text(2), detail: text(4), hint: text(6))
    }
}
