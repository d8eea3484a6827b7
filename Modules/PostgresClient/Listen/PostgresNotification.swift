/// A message that a session sent with NOTIFY.
public struct PostgresNotification: Sendable, Hashable {
    /// The channel's name.
    public let channel: String
    /// The text sent along; empty when there was none.
    public let payload: String
    /// The server's process of the session that sent it.
    public let process: Int32
}

/// What a listener is told.
public enum PostgresListenEvent: Sendable, Hashable {
    /// Notifications may have been missed up to now: listening has just begun, or begun again after the connection was
    /// lost, or more came than were fetched. Look at what they would have been about.
    case mayHaveMissed
    /// A notification has come.
    case notification(PostgresNotification)
}
