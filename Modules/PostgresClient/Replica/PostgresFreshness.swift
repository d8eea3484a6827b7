/// How new the data of a read must be: see ``PostgresReplicaSet/read(_:isolation:patience:_:)``.
public enum PostgresFreshness: Hashable, Sendable {
    /// Whatever a replica has, which may be old without bound.
    case any
    /// At least everything that was committed up to the position, such as a write of one's own.
    case seen(PostgresLSN)
    /// Everything that was committed before the read began: the primary answers.
    case latest
}

extension PostgresFreshness: LosslessStringConvertible {
    /// Reads ``description``, so that a freshness may travel in a header or a cookie; nil for every other text.
    public init?(_ text: String) {
        switch text {
        case "any": self = .any
        case "latest": self = .latest
        default:
            guard let position = PostgresLSN(text) else {
                return nil
            }
            self = .seen(position)
        }
    }

    /// `any`, `latest`, or the position: `16/B374D848`.
    public var description: String {
        switch self {
        case .any: "any"
        case .latest: "latest"
        case .seen(let position): position.description
        }
    }
}
