/// What became of a record.
public enum RecordState: String, Sendable, Codable, CaseIterable {
    /// It is kept up.
    case active
    /// What it is about has ended: a firm was dissolved, a project was accepted.
    case closed
    /// Another record has taken it up; its key leads there.
    case merged
    /// Its content was destroyed at the request of the person; that it was there stays known.
    case erased
    /// It should never have been: somebody recorded it by mistake.
    case withdrawn

    /// Whether relations may lead to it.
    public var isRelatable: Bool { self == .active || self == .closed }
}
