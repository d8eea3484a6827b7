public import DomainModel

/// What answers of the search box must fulfil beside their names; absent members do not restrict.
public struct SearchFilter: Sendable, Hashable {
    /// Which kinds of record.
    public var kinds: [RegistryKind]
    /// Whether they are kept up or have ended.
    public var state: RecordState?
    /// A tier that they have on the day, itself or one below it.
    public var tier: String?
    /// A title that they have on the day, itself or one below it.
    public var title: String?
    /// An early warning that stands.
    public var warning: String?
    /// The day.
    public var day: CivilDate

    /// Makes a filter of its parts.
    public init(
        kinds: [RegistryKind] = RegistryKind.allCases,
        state: RecordState? = nil,
        tier: String? = nil,
        title: String? = nil,
        warning: String? = nil,
        day: CivilDate
    ) {
        self.kinds = kinds
        self.state = state
        self.tier = tier
        self.title = title
        self.warning = warning
        self.day = day
    }

    /// Whether each answer must be looked at.
    public var looks: Bool { state != nil || tier != nil || title != nil || warning != nil }

    /// SQL that says that the record of the table `record` fulfils it, in what was believed at a moment, or is now.
    func sql(_ conditions: inout ListConditions, at moment: SearchMoment = SearchMoment()) -> String {
        var terms: [String] = []
        if let state { terms.append("record.state = \(conditions.bind(state.rawValue))") }
        for (type, term) in [("tier", tier), ("title", title)] {
            guard let term else { continue }
            let vocabulary = RecordModel.standard.statement(type)?.vocabulary ?? ""
            let codes = conditions.narrower(term, in: vocabulary)
            let (kind, on) = (conditions.bind(type), conditions.bind(day.isoText))
            terms.append(
                """
                EXISTS (
                    SELECT FROM registry.statement s WHERE s.subject_id = record.id AND s.type = \(kind)
                        AND s.term = ANY (\(codes)) AND s.valid @> \(on)::text::date
                        AND \(conditions.believed("s", asOf: moment.asOf))
                )
                """
            )
        }
        if let warning {
            terms.append(
                """
                EXISTS (
                    SELECT FROM registry.derived_fact f WHERE f.record_id = record.id AND f.sort = 'warning'
                        AND f.term = \(conditions.bind(warning)) AND \(conditions.standing("f", at: moment))
                )
                """
            )
        }
        return terms.isEmpty ? "true" : terms.joined(separator: " AND ")
    }
}
