import DomainModel
import NameForms
import PostgresClient
import ServiceKit
import Storage

/// Asks what a saved list asks, at a moment.
struct SavedListReading {
    private let connection: PostgresConnection
    private let moment: RegistryMoment
    private let names: SearchMoment

    /// Asks about a moment.
    ///
    /// - Parameters:
    ///   - connection: The transaction.
    ///   - moment: As believed when, as holding on which day.
    ///   - day: The only day whose names the search box finds; absent for those of all days.
    init(_ connection: PostgresConnection, at moment: RegistryMoment, namesOf day: CivilDate? = nil) {
        self.connection = connection
        self.moment = moment
        names = SearchMoment(asOf: moment.asOf, validAt: day)
    }

    /// The records of a list that the caller may see, with what they are called.
    ///
    /// - Throws: What the reading throws.
    func records(of list: SavedList, _ page: ListQuestion) async throws -> Page<RelatedName> {
        if let keys = list.order.keys { return try await records(keys, page) }
        guard let question = list.order.question else { return Page(items: []) }
        return try await records(of: question, page)
    }

    /// The keys of all records of a list or question, in its order; one more than the limit if there are more.
    ///
    /// - Throws: What the reading throws.
    func keys(limit: Int, _ read: (ListQuestion) async throws -> Page<RelatedName>) async throws -> [String] {
        var keys: [String] = []
        var after: String?
        repeat {
            // A question of the search box may answer short pages.
            let page = try await read(ListQuestion(after: after, limit: limit + 1 - keys.count))
            keys += page.items.map(\.key)
            after = page.next
        } while after != nil && keys.count <= limit
        return keys
    }

    /// The records of a question that the caller may see, with what they are called.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` for fields that there are not.
    func records(of question: SavedListOrder.Question, _ page: ListQuestion) async throws -> Page<RelatedName> {
        if let text = question.q { return try await records(text, question, page) }
        let filter = try await RecordFilters.filter(question, connection, today: moment.validAt)
        let found = try await RegistryRecordStore(connection).list(filter, at: moment, page)
        let names = try await RegistryRecordStore(connection).names(of: found.items.map(\.key), at: moment)
        let known = Dictionary(names.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return Page(items: found.items.compactMap { known[$0.key] }, next: found.next)
    }

    private func records(_ keys: [String], _ page: ListQuestion) async throws -> Page<RelatedName> {
        let sorted = Set(keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let left = sorted.drop { key in page.after.map { !$0.utf8.lexicographicallyPrecedes(key.utf8) } ?? false }
        let part = Array(left.prefix(page.limit))
        let names = try await RegistryRecordStore(connection).names(of: part, at: moment)
        return Page(items: names, next: left.count > part.count ? part.last : nil)
    }

    private func records(
        _ text: String,
        _ question: SavedListOrder.Question,
        _ page: ListQuestion
    ) async throws -> Page<RelatedName> {
        guard let asked = SearchQuestion(text) else { return Page(items: []) }
        let box = try await SearchBox(connection, at: names, in: question.region)
        let filter = SearchFilter(kinds: [question.kind], state: question.state, day: moment.validAt)
        let found = try await box.search(asked, filter, after: page.after, limit: page.limit)
        let items = found.items.map { RelatedName(key: $0.key, kind: $0.kind, name: $0.name) }
        return Page(items: items, next: found.next)
    }
}
