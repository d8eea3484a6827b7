import HTTPTypes

extension APIRequest {
    /// Refuses a change whose sender has seen another version than the present one.
    ///
    /// Call it in the transaction of the change, with the record locked. Without `If-Match` it passes.
    ///
    /// - Parameter current: The version that is stored; `nil` when there is no record.
    /// - Throws: ``Problem`` `PRECONDITION_FAILED`, which tells the present version.
    public func match(_ current: EntityTag?) throws {
        guard let list = headers[.ifMatch].map(EntityTagList.init) else { return }
        guard list.contains(current, weakly: false) else { throw Problem.preconditionFailed(current) }
    }

    /// Refuses a change whose sender does not say which version it has seen, or has seen another one.
    ///
    /// - Parameter current: The version that is stored; `nil` when there is no record.
    /// - Throws: ``Problem``: `PRECONDITION_REQUIRED`, `PRECONDITION_FAILED`.
    public func requireMatch(_ current: EntityTag?) throws {
        guard headers[.ifMatch] != nil else {
            throw Problem(
                .preconditionRequired,
                "The request does not say which version it changes.",
                zh: "请求未说明所修改的版本。"
            )
        }
        try match(current)
    }
}

extension Problem {
    /// The version that the sender has seen is not the present one.
    static func preconditionFailed(_ current: EntityTag?) -> Problem {
        guard let current else {
            return Problem(.preconditionFailed, "There is no such record at present.", zh: "目前没有该记录。")
        }
        var problem = Problem(
            .preconditionFailed,
            "The present version is \(current).",
            zh: "当前版本为 \(current)。"
        )
        .with("current", current.description)
        problem.headers[.eTag] = current.description
        return problem
    }
}
