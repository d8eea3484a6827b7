import DomainModel

extension OperationRecord: Listed {
    static var listing: [Column<OperationRecord>] {
        var columns: [Column<OperationRecord>] = [
            .number("id", "操作", "operation") { $0.id },
            .code("request", "请求", "request") { $0.request },
        ]
        columns += Column.word(
            "state",
            "状态",
            "state",
            style: \.state.style,
            code: { $0.isCancelling ? "cancelling" : $0.state.rawValue },
            called: { $0.isCancelling ? .cancelling : $0.state.title }
        )
        columns += [
            .text("progress", "进度", "progress") { $0.progressText },
            .code("result", "结果", "result") { $0.result },
        ]
        columns += Column.word(
            "problem",
            "问题",
            "problem",
            isFlexible: true,
            style: { _ in .red },
            code: { $0.problemText?.en },
            called: { $0.problemText }
        )
        columns += [
            .code("requested_by", "请求者", "requested by") { $0.requestedBy },
            .code("request_id", "请求编号", "request id", in: [.sheet, .csv]) { $0.requestId },
            .number("status", "应答码", "status", in: [.sheet, .csv]) { $0.status },
        ]
        return columns + Column.instant("created_at", "创建时间", "created at") { $0.createdAt }
            + Column.instant("started_at", "开始时间", "started at", in: [.sheet, .csv]) { $0.startedAt }
            + Column.instant("finished_at", "结束时间", "finished at", in: [.sheet, .csv]) { $0.finishedAt }
    }

    /// How far it has come: `3/20 targets judged`.
    var progressText: String {
        let done = progressDone.map { done in progressTotal.map { "\(done)/\($0)" } ?? "\(done)" }
        return [done, progressNote].compactMap(\.self).joined(separator: " ")
    }
}

extension OperationRecord {
    /// The problem that it came to, as one line.
    fileprivate var problemText: LocalizedText? {
        problem.map { LocalizedText(zh: "\($0.code): \($0.detail.zh)", en: "\($0.code): \($0.detail.en)") }
    }

    fileprivate var isCancelling: Bool { isCancelRequested && !state.isFinal }
}

extension OperationRecord.State {
    var style: Style? {
        switch self {
        case .succeeded: .green
        case .failed: .red
        case .running: .cyan
        case .waiting: .yellow
        case .cancelled: .dim
        }
    }
}
