import DomainModel
import NameForms

/// What was believed of a record, as far as the search box needs it.
struct PastRecord {
    /// Its number.
    let id: Int64
    /// Its public key.
    let key: String
    /// What it is.
    let kind: RegistryKind
    /// What was believed, with the values that it is found by, and its region.
    var versions: [RecordTimeline.Version] = []
    /// What was believed of the records that it had taken up, just before, by their keys.
    var absorbed: [String: [RecordTimeline.Version]] = [:]

    /// The best of its names that answers.
    struct Answer {
        let match: SearchMatch
        let name: SearchName
        /// What the record goes by.
        let title: String
        /// The version that says so.
        let version: RecordTimeline.Version
    }

    /// How it answers a question.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - fields: The fields of its kind.
    ///   - day: Only names that hold on it; those of all days if absent.
    /// - Returns: `nil` when none of its names does, or nothing holds on the day.
    func answer(to question: SearchQuestion, _ fields: [FieldDefinition], on day: CivilDate?) -> Answer? {
        let timeline = RecordTimeline(versions)
        let holding = day.map { day in timeline.version(on: day).map { [$0] } ?? [] } ?? timeline.versions.reversed()
        guard let version = holding.first else { return nil }
        let names = SearchName.all(
            of: key,
            holding.map(\.attributes),
            absorbed: absorbed.sorted { $0.key < $1.key }.flatMap { Self.said($0.value, of: $0.key, on: day) },
            fields,
            of: kind
        )
        var best: (match: SearchMatch, name: SearchName)?
        for name in names {
            guard let match = question.match(SearchKeys(name.text, as: name.kind)) else { continue }
            if best.map({ match < $0.match }) ?? true { best = (match, name) }
        }
        return best.map { Answer(match: $0.match, name: $0.name, title: names[0].text, version: version) }
    }

    /// A record that was taken up leads on by its key, also from days on which it is not said to have held.
    private static func said(
        _ versions: [RecordTimeline.Version],
        of key: String,
        on day: CivilDate?
    ) -> [(key: String, attributes: Attributes)] {
        let timeline = RecordTimeline(versions)
        let holding = day.map { day in timeline.version(on: day).map { [$0] } ?? [] } ?? timeline.versions.reversed()
        return holding.isEmpty ? [(key, [:])] : holding.map { (key, $0.attributes) }
    }
}
