extension UnitOfWork {
    /// Keeps the answer to the request together with the write, so that a sender who lost it gets the same bytes again.
    ///
    ///     return try await platform.write(request.activity) { work in
    ///         let batch = try await batches.create(batch, on: work.connection)
    ///         return try await work.answer(.json(batch, status: .created))
    ///     }
    ///
    /// It is kept only when the request carries an `Idempotency-Key`; answers that are files or streams are not.
    ///
    /// - Parameter response: What will be answered when the transaction commits.
    /// - Returns: The same answer.
    /// - Throws: `PostgresError`
    public func answer(_ response: APIResponse) async throws -> APIResponse {
        try await activity.keyed?.keep(response, on: connection)
        return response
    }
}

extension Activity {
    /// The same occasion, for a write that only prepares what the request asks for and may be repeated by itself: it
    /// neither takes the request's idempotency key nor answers it.
    public var preparing: Activity { Activity(principal: principal, id: id) }
}
