/// Who recorded something, when, why, and what it was taken from.
public struct Recording: Sendable, Hashable, Codable {
    /// When it became part of the register.
    public let at: Instant
    /// In whose name.
    public let principal: String
    /// Why, as they said it; empty where nothing was said.
    public let reason: String
    /// The document that it was taken from.
    public let source: Source?
    /// The submitted file that brought it.
    public let batch: Int64?

    /// Makes a recording of its parts.
    public init(at: Instant, principal: String, reason: String, source: Source? = nil, batch: Int64? = nil) {
        self.at = at
        self.principal = principal
        self.reason = reason
        self.source = source
        self.batch = batch
    }
}
