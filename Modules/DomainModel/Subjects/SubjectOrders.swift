/// What somebody says to write down what a person asks.
public struct SubjectOrder: Codable, Sendable {
    /// The key of the person's record.
    public let subject: String
    /// What is asked for.
    public let kind: SubjectRequest.Kind
    /// Who asks; the person if absent.
    public let lodger: SubjectRequest.Lodger?
    /// How it came.
    public let channel: ConsentChannel
    /// What was said.
    public let note: String?
    /// The day on which it came; today in China if absent.
    public let receivedOn: CivilDate?

    /// Makes an order of its parts.
    public init(
        subject: String,
        kind: SubjectRequest.Kind,
        lodger: SubjectRequest.Lodger? = nil,
        channel: ConsentChannel,
        note: String? = nil,
        receivedOn: CivilDate? = nil
    ) {
        self.subject = subject
        self.kind = kind
        self.lodger = lodger
        self.channel = channel
        self.note = note
        self.receivedOn = receivedOn
    }
}

/// What somebody says of a step: how it was made sure who asks, what was done, or why not.
public struct SubjectStepOrder: Codable, Sendable {
    /// In words.
    public let remark: String?
    /// The recording that mended the record, for `correct`: its `version`.
    public let recording: Int64?

    /// Makes an order of its parts.
    public init(remark: String? = nil, recording: Int64? = nil) {
        self.remark = remark
        self.recording = recording
    }
}

/// Everything that is kept about a person, for that person.
///
/// Source: Personal Information Protection Law, arts. 17 and 45; GB/T 35273-2020 §§8.1 and 8.6.
public struct SubjectCopy: Codable, Sendable {
    /// What is believed from a day on.
    public struct Version: Codable, Sendable {
        /// The first day; absent when it is not known.
        public let from: CivilDate?
        /// Whether it was kept up.
        public let state: RecordState
        /// The values.
        public let attributes: Attributes

        /// Makes a version of its parts.
        public init(from: CivilDate?, state: RecordState, attributes: Attributes) {
            self.from = from
            self.state = state
            self.attributes = attributes
        }
    }

    /// A time at which somebody read personal values.
    public struct Reading: Codable, Sendable, Hashable {
        /// When.
        public let at: Instant
        /// In whose name.
        public let by: String
        /// What for.
        public let purpose: String?
        /// To whom they were given out.
        public let recipient: String?

        /// Makes a reading of its parts.
        public init(at: Instant, by: String, purpose: String?, recipient: String?) {
            self.at = at
            self.by = by
            self.purpose = purpose
            self.recipient = recipient
        }
    }

    /// The number of the request.
    public let request: Int64
    /// The key of the record.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// What is believed, by first day.
    public let versions: [Version]
    /// What was believed before, step by step.
    public let history: [FieldChange]
    /// What is said about the person.
    public let statements: [RegistryStatement]
    /// What is said of others and leads to the person; values about others are left out.
    public let incoming: [RegistryStatement]
    /// On what grounds the data are used.
    public let consents: [Consent]
    /// Who has read personal values, the newest first.
    public let readings: [Reading]

    /// Makes a copy of its parts.
    public init(
        request: Int64,
        key: String,
        kind: RegistryKind,
        versions: [Version],
        history: [FieldChange],
        statements: [RegistryStatement],
        incoming: [RegistryStatement],
        consents: [Consent],
        readings: [Reading]
    ) {
        self.request = request
        self.key = key
        self.kind = kind
        self.versions = versions
        self.history = history
        self.statements = statements
        self.incoming = incoming
        self.consents = consents
        self.readings = readings
    }
}
