import NIOCore
import Storage

extension UnitOfWork {
    /// Tells the world, if this transaction commits, that something happened.
    ///
    ///     try await work.publish("ceyuan.batch.committed", subject: "/v1/batches/\(id)", BatchEvent(batch))
    ///
    /// The event appears in the feed `GET /v1/events` and goes to subscribers, as CloudEvents 1.0. Events of a subject
    /// keep the order of their transactions; other transactions that publish for the same subject wait for this one,
    /// so publish last.
    ///
    /// - Parameters:
    ///   - type: What happened: `ceyuan.`, the noun, the participle. Types and their data stand in docs/events.md.
    ///   - subject: To what: the path of the record.
    ///   - data: What a subscriber needs to decide whether to look: keys, states, counts; no personal data.
    /// - Throws: `PostgresError`; `EncodingError` when the data have no JSON form.
    public func publish(_ type: String, subject: String, _ data: some Encodable) async throws {
        let document = try JSON.encode(data)
        try await OutboxStore(connection).append(
            type: type,
            subject: subject,
            data: Array(document.readableBytesView),
            activity: activity.id
        )
    }

    /// Tells the world of the same thing of many subjects, each named once; see ``publish(_:subject:_:)``.
    ///
    /// - Throws: `PostgresError`; `EncodingError` when the data have no JSON form.
    public func publish(_ type: String, _ events: [(subject: String, data: some Encodable)]) async throws {
        for start in stride(from: 0, to: events.count, by: 1_000) {
            let part = try events[start..<min(start + 1_000, events.count)].map { subject, data in
                (subject: subject, data: String(buffer: try JSON.encode(data)))
            }
            try await OutboxStore(connection).append(type: type, part, activity: activity.id)
        }
    }
}
