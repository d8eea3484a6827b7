/// What a person asks of the office about data that it keeps.
///
/// Source: Personal Information Protection Law, arts. 44–50; GB/T 35273-2020 §§8.1–8.7.
public struct SubjectRequest: Sendable, Hashable, Codable {
    /// What is asked for.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// To see and get what is kept: art. 45.
        case copy
        /// To have it mended: art. 46.
        case correct
        /// To have it deleted: art. 47.
        case erase
        /// To have its use limited, or a consent taken back: arts. 15 and 44.
        case restrict
        /// To be told how it is used: art. 48.
        case explain
    }

    /// Who asks.
    public enum Lodger: String, Sendable, Codable, CaseIterable {
        /// The person.
        case person
        /// Somebody with a power of attorney.
        case agent
        /// Whoever has the care of a child or ward: art. 31.
        case guardian
        /// A near relative of a person who has died: art. 49.
        case relative
    }

    /// How far it has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// It has come in.
        case received
        /// It is known who asks, and somebody works on it.
        case inWork = "in_work"
        /// It is done.
        case done
        /// It is refused, with the reason: art. 50.
        case refused

        /// Whether nothing follows.
        public var isFinal: Bool { self == .done || self == .refused }
    }

    /// A step of the work.
    public struct Step: Sendable, Hashable, Codable {
        /// What it came to.
        public let state: State
        /// When.
        public let at: Instant
        /// In whose name.
        public let by: String
        /// How it was made sure who asks; why it is refused; what was done.
        public let remark: String?
        /// The recording that mended the record.
        public let recording: Int64?

        /// Makes a step of its parts.
        public init(state: State, at: Instant, by: String, remark: String?, recording: Int64?) {
            self.state = state
            self.at = at
            self.by = by
            self.remark = remark
            self.recording = recording
        }
    }

    /// Its number.
    public let number: Int64
    /// The key of the person's record.
    public let subject: String
    /// What is asked for.
    public let kind: Kind
    /// Who asks.
    public let lodger: Lodger
    /// How it came.
    public let channel: ConsentChannel
    /// What was said.
    public let note: String?
    /// The day in China on which it came.
    public let receivedOn: CivilDate
    /// The last day for the answer.
    public let dueOn: CivilDate
    /// How far it has come.
    public let state: State
    /// Whether the last day is over without an answer.
    public let isOverdue: Bool
    /// The work so far, the first step first.
    public let steps: [Step]

    /// Makes a request of its parts.
    public init(
        number: Int64,
        subject: String,
        kind: Kind,
        lodger: Lodger,
        channel: ConsentChannel,
        note: String?,
        receivedOn: CivilDate,
        dueOn: CivilDate,
        today: CivilDate,
        steps: [Step]
    ) {
        self.number = number
        self.subject = subject
        self.kind = kind
        self.lodger = lodger
        self.channel = channel
        self.note = note
        self.receivedOn = receivedOn
        self.dueOn = dueOn
        state = steps.last?.state ?? .received
        isOverdue = !state.isFinal && dueOn < today
        self.steps = steps
    }
}
