import DomainModel
import NameForms
import PostgresClient
import Storage

/// The search box of a moment: what it knows of now by itself, or what was believed and held then.
struct SearchBox {
    private let present: SearchStore
    private let past: PastSearch?
    private let region: String?

    /// Asks over a transaction.
    ///
    /// - Parameters:
    ///   - connection: The transaction, whose regions bound what is found.
    ///   - moment: Of which time.
    ///   - region: The code of the only region, with those below it.
    /// - Throws: `PostgresError`.
    init(_ connection: PostgresConnection, at moment: SearchMoment, in region: String?) async throws {
        self.region = region
        present = SearchStore(connection)
        if moment.isPresent {
            past = nil
            if let region { try await present.narrow(to: region) }
        } else {
            past = PastSearch(connection, try await RecordModelStore(connection).load(), at: moment)
        }
    }

    /// The records that answer, best first: see ``SearchStore`` and ``PastSearch``.
    func search(
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        after: String?,
        limit: Int
    ) async throws -> Page<SearchHit> {
        if let past { return try await past.search(question, filter, in: region, after: after, limit: limit) }
        return try await present.search(question, filter, after: after, limit: limit)
    }

    /// How the first answers fall into parts, and whether there are more.
    func facets(
        _ names: [SearchFacet.Name],
        _ question: SearchQuestion,
        _ filter: SearchFilter
    ) async throws -> (facets: [SearchFacet], isMore: Bool) {
        if let past { return try await past.facets(names, question, filter, in: region) }
        return try await present.facets(names, question, filter)
    }
}
