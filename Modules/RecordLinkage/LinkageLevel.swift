/// How far two records agree in a feature.
public enum LinkageLevel: String, Sendable, Codable {
    /// A value is the same.
    case same
    /// The names are written differently and read alike.
    case readsAlike
    /// Nearly the same: one typing error, exchanged day and month, one name within the other.
    case near
    /// Both are known and have nothing in common.
    case different
}
