import DomainModel
import NameForms

extension SyntheticRegistry {
    /// What stands behind the key of a record when somebody has entered it a second time.
    static let secondSuffix = "-2"

    /// How many of a number have a second record.
    func seconds(of count: Int) -> Int { count * duplicates / 1_000 }

    /// The number of the record that the n-th second one repeats; they are spread evenly.
    func original(_ place: Int) -> Int { (place + 1) * 1_000 / duplicates - 1 }

    /// The same person or firm as another office has entered it: without numbers of documents, often with something
    /// written otherwise.
    func second(of first: SyntheticEntry) -> SyntheticEntry {
        var numbers = SeededNumbers(
            seed: seed,
            stream: 1_001,
            record: first.key.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
        )
        var values = first.values.filter { !["resident_id", "passport", "orcid", "uscc"].contains($0.code) }
        if numbers.happens(perMille: 500) { values = values.map { ($0.code, Self.miswritten($0.code, $0.value)) } }
        if numbers.happens(perMille: 333) {
            values.removeAll { ["telephone", "mail", "contact_telephone"].contains($0.code) }
        }
        var entry = SyntheticEntry(key: first.key + Self.secondSuffix, kind: first.kind, from: first.from, values)
        for statement in first.statements
        where ["presence", "education", "employment", "chain_node"].contains(statement.type) {
            entry.say(
                statement.type,
                to: statement.object,
                term: statement.term,
                share: statement.share,
                from: statement.from,
                until: statement.until,
                statement.values
            )
        }
        return entry
    }

    /// A name as somebody writes it who has only heard it: a person's with another character of the same sound, a firm's
    /// with the town in full.
    private static func miswritten(_ code: String, _ value: AttributeValue) -> AttributeValue {
        guard code == "name_zh", let text = value.text else { return value }
        if text.hasPrefix("杭州") { return .text("杭州市" + text.dropFirst(2)) }
        guard let name = ChineseName(text), !name.given.isEmpty else { return value }
        for character in SyntheticNames.givenCharacters {
            let given = String(name.given.dropLast()) + character
            guard given != name.given, let other = ChineseName(surname: name.surname, given: given) else { continue }
            if other.spelling == name.spelling { return .text(name.surname + given) }
        }
        return value
    }
}
