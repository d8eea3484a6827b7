import DomainModel

extension AuditEvent {
    private static let domain = Array("ceyuan-audit-event-1\n".utf8)

    /// The event as one value; absent members are left out.
    public var canonical: CanonicalValue {
        var members: [String: CanonicalValue] = [
            "action": .text(action),
            "activity": .text(activity),
            "at": .text(at.description),
            "chain": .count(Int64(chain)),
            "details": details,
            "occasion": .count(occasion),
            "principal": .text(principal),
            "sequence": .count(sequence),
            "subject": .object(["key": .text(subject.key), "kind": .text(subject.kind)]),
        ]
        if let reason { members["reason"] = .text(reason) }
        if let before { members["before"] = .text(before.description) }
        if let after { members["after"] = .text(after.description) }
        return .object(members)
    }

    /// Reads an event back from ``canonical``.
    ///
    /// - Returns: `nil` when a member is missing, unknown or of another type.
    public init?(canonical value: CanonicalValue) {
        guard case .object(let members) = value,
            let action = members["action"]?.text, let activity = members["activity"]?.text,
            let at = members["at"]?.text.flatMap(Instant.init), let chain = members["chain"]?.integer,
            let details = members["details"], let occasion = members["occasion"]?.integer,
            let principal = members["principal"]?.text, let sequence = members["sequence"]?.integer,
            let kind = members["subject"]?["kind"]?.text, let key = members["subject"]?["key"]?.text
        else { return nil }
        self.init(
            chain: Int(chain),
            sequence: sequence,
            occasion: occasion,
            at: at,
            principal: principal,
            activity: activity,
            action: action,
            subject: AuditSubject(kind, key),
            reason: members["reason"]?.text,
            before: members["before"]?.text.flatMap { AuditDigest($0) },
            after: members["after"]?.text.flatMap { AuditDigest($0) },
            details: details
        )
        guard canonical == value else { return nil }
    }

    /// The link of the event: SHA-256 of a fixed prefix, the link before it, and the event's canonical bytes.
    ///
    /// The prefix keeps events apart from checkpoints: the bytes of one can never pass for the other.
    public func link(after previous: AuditDigest) -> AuditDigest {
        var bytes = Self.domain
        bytes += previous.bytes
        canonical.append(to: &bytes)
        return AuditDigest(of: bytes)
    }
}
