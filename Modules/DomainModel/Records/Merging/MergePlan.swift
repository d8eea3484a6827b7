/// How two records become one, worked out before anything is written.
public struct MergePlan: Sendable {
    /// One of the two, with all that is believed of it.
    public struct Side: Sendable {
        /// Its key.
        public let key: String
        /// What is believed of it.
        public let timeline: RecordTimeline
        /// What is said about it.
        public let statements: [RegistryStatement]

        /// Makes a side of its parts.
        public init(key: String, timeline: RecordTimeline, statements: [RegistryStatement]) {
            self.key = key
            self.timeline = timeline
            self.statements = statements
        }
    }

    /// What was decided about it.
    public struct Choices: Sendable {
        /// The fields whose value is that of the side, where both have one; else the survivor's.
        public var fields: [String: MergeSide]
        /// The numbers of statements, of either, that are not taken over.
        public var dropped: Set<Int64>

        /// Makes choices; the survivor's values and all statements by default.
        public init(fields: [String: MergeSide] = [:], dropped: Set<Int64> = []) {
            self.fields = fields
            self.dropped = dropped
        }
    }

    /// What is believed of the survivor afterwards.
    public let timeline: RecordTimeline
    /// The fields in which they differ.
    public let fields: [MergedField]
    /// What becomes of the statements.
    public let statements: [MergedStatement]
    /// Everything that is in the way.
    public let conflicts: [Conflict]

    /// The statements that are said about the survivor.
    public var moved: [RegistryStatement] { statements.filter { $0.fate == .moved }.map(\.statement) }
}
