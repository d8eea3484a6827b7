import DomainModel
import RecordLinkage
import ServiceKit
import Storage

extension RecordWork {
    /// What makes records comparable: it knows the places that firms put before their names.
    var maker: LinkageMaker {
        get async throws { LinkageMaker(places: try await LinkageStore(unit.connection).places()) }
    }

    /// Makes a record be compared by what it is now, and finds those that may be about the same.
    ///
    /// - Returns: The likeliest first, of those that the writer sees; none for kinds that are not compared.
    @discardableResult
    func link(_ id: Int64, _ kind: RegistryKind) async throws -> [PossibleDuplicate] {
        guard LinkageMaker.kinds.contains(kind) else { return [] }
        let linkage = LinkageStore(unit.connection)
        let duplicates = DuplicateStore(unit.connection)
        let facts = try await linkage.facts(
            of: [id],
            fields: LinkageMaker.fields,
            statements: LinkageMaker.statements
        )
        guard let row = try await facts.first.flatMap(maker.row) else {
            try await linkage.put([], removing: [id])
            try await duplicates.remove(of: id, keeping: [])
            return []
        }
        try await linkage.put([row])
        let population = try await linkage.roughCount()
        let scorer = LinkageScorer(kind, population: population, minimum: DuplicateFinder.minimum)
        let others = try await linkage.meeting(row, limit: DuplicateFinder.blockLimit)
        let namesakes = try await linkage.bearers(of: row)
        let own = LinkageContent.profile(row.content, of: id, namesakes: namesakes)
        let pairs = others.compactMap { scorer.pair(row, $0.row, scorer.model.compare(own, $0.profile)) }
        try await duplicates.put(pairs, of: kind, search: nil, now: now)
        let found = pairs.map { ($0.one.record == id ? $0.other.record : $0.one.record, $0) }
        try await duplicates.remove(of: id, keeping: found.map(\.0))
        let keys = try await linkage.recordKeys(found.map(\.0))
        return found.compactMap { record, pair in
            keys[record].map { PossibleDuplicate(key: $0, probability: pair.probability, reasons: pair.reasons) }
        }
        .sorted { ($1.probability, $0.key) < ($0.probability, $1.key) }
    }
}
