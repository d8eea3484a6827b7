/// One of two records that become one.
public enum MergeSide: String, Sendable, Hashable, Codable, CaseIterable {
    /// The one that goes on.
    case survivor
    /// The one that is taken up; its key leads to the survivor.
    case absorbed
}
