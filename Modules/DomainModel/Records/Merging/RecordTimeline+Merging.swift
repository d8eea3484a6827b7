extension RecordTimeline {
    /// Fields in which what came later rests on what is to be undone.
    public struct Entangled: Error, Sendable, Hashable {
        /// The codes of the fields, in order; `state` for the state.
        public let fields: [String]

        /// Names the fields.
        public init(fields: [String]) { self.fields = fields }
    }

    /// What two timelines say of one thing together.
    ///
    /// On each day a field has this timeline's value, else the other's; where the other is chosen, its value first.
    /// Before this one begins, the other holds alone.
    ///
    /// - Parameters:
    ///   - other: The timeline that is taken up.
    ///   - chosen: The fields whose value is the other's, where it has one.
    ///   - left: The fields that are not taken from the other at all.
    /// - Returns: The timeline; this very one when the other adds nothing.
    public func merging(
        _ other: RecordTimeline,
        choosing chosen: Set<String> = [],
        leaving left: Set<String> = []
    ) -> RecordTimeline {
        let own = Set(versions.map(\.from))
        var merged: [Version] = []
        for day in days(with: other) {
            let (mine, theirs) = (version(at: day), other.version(at: day))
            guard let state = mine?.state ?? theirs?.state else { continue }
            var attributes = mine?.attributes ?? [:]
            for (code, value) in theirs?.attributes ?? [:] where !left.contains(code) {
                if attributes[code] == nil || chosen.contains(code) { attributes[code] = value }
            }
            let version = Version(from: day, state: state, attributes: attributes)
            if own.contains(day) || merged.last.map({ !$0.says(version) }) ?? true { merged.append(version) }
        }
        return RecordTimeline(merged)
    }

    /// What would be believed now, had something not been done: later changes of other fields stay.
    ///
    /// - Parameters:
    ///   - done: What was believed just after it.
    ///   - before: What was believed just before it.
    /// - Returns: The timeline; `before` itself when nothing was changed since.
    /// - Throws: ``Entangled`` when what it changed was changed again since.
    public func undoing(_ done: RecordTimeline, since before: RecordTimeline) throws(Entangled) -> RecordTimeline {
        let restored = before.differences(from: done)
        let entangled = restored.intersection(differences(from: done))
        if !entangled.isEmpty { throw Entangled(fields: entangled.sorted()) }
        let (old, new) = (Set(before.versions.map(\.from)), Set(done.versions.map(\.from)))
        var result: [Version] = []
        for day in days(with: before) {
            guard let past = before.version(at: day) else { continue }
            guard let present = self.version(at: day) else {
                result.append(past)
                continue
            }
            var version = Version(from: day, state: present.state, attributes: present.attributes)
            if restored.contains(Self.stateField) { version.state = past.state }
            for code in restored where code != Self.stateField { version.attributes[code] = past.attributes[code] }
            let isOwn = old.contains(day) || !new.contains(day)
            if isOwn || result.last.map({ !$0.says(version) }) ?? true { result.append(version) }
        }
        return RecordTimeline(result)
    }

    /// The fields of which two timelines say otherwise on some day.
    private func differences(from other: RecordTimeline) -> Set<String> {
        var fields: Set<String> = []
        for day in days(with: other) {
            let (mine, theirs) = (version(at: day), other.version(at: day))
            if mine?.state != theirs?.state { fields.insert(Self.stateField) }
            let codes = Set((mine?.attributes ?? [:]).keys).union((theirs?.attributes ?? [:]).keys)
            for code in codes where mine?.attributes[code] != theirs?.attributes[code] { fields.insert(code) }
        }
        return fields
    }

    /// The days on which either begins to say something else, in order.
    private func days(with other: RecordTimeline) -> [CivilDate?] {
        Set(versions.map(\.from)).union(other.versions.map(\.from)).sorted(by: Self.precedes)
    }

    private func version(at day: CivilDate?) -> Version? {
        versions.last { !Self.precedes(day, $0.from) }
    }

    private static var stateField: String { "state" }
}

extension RecordTimeline.Version {
    /// Whether both say the same, of whatever days.
    fileprivate func says(_ other: Self) -> Bool { state == other.state && attributes == other.attributes }
}
