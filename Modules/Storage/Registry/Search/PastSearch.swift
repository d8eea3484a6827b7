public import DomainModel
public import NameForms
public import PostgresClient

/// Answers the search box as of another time: as it was believed at an instant, of names that hold on a day, or both.
///
/// The keys of names say where a record may stand; what was believed of it says whether it stood there. So answers come
/// in the same order as those of now, and the cursors of both are alike.
public struct PastSearch {
    /// The most places that facets look at: a record has more than one, and not all of them answered then.
    private static let facetLimit = 4 * SearchStore.lookLimit
    private static let step = 200

    let connection: PostgresConnection
    let model: RecordModel
    let moment: SearchMoment

    /// Asks about a moment over a connection; the caller decides on the transaction, whose regions bound what is found.
    public init(_ connection: PostgresConnection, _ model: RecordModel, at moment: SearchMoment) {
        self.connection = connection
        self.model = model
        self.moment = moment
    }

    /// A place where a record may stand.
    struct Candidate {
        let match: SearchMatch
        let record: Int64

        /// The place as a cursor; which of the names it is does not matter.
        var cursor: SearchCursor { SearchCursor(rank: match.rank, key: match.key, record: record, ordinal: 0) }
    }

    /// The records that answered a question and fulfil a filter, best first, each once and at its best name.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - filter: What they must have fulfilled; its day is the one of tiers and titles.
    ///   - region: The code of a region that they lay in, itself or one below it.
    ///   - after: The cursor of the page before; `nil` begins at the start.
    ///   - limit: At most so many.
    /// - Returns: A page. At most ``SearchStore/lookLimit`` places are looked at for it: it may be short and have a next
    ///   one.
    /// - Throws: ``StorageError/unknownCode(_:)`` for a cursor that no page had; `PostgresError`.
    public func search(
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        in region: String? = nil,
        after: String? = nil,
        limit: Int
    ) async throws -> Page<SearchHit> {
        let place = try after.map { text in
            guard let place = SearchCursor(text) else { throw StorageError.unknownCode(text) }
            return place
        }
        return try await walk(question, filter, in: region, after: place, limit: limit, looking: SearchStore.lookLimit)
    }

    /// How the first answers fell into parts.
    ///
    /// - Returns: The facets, and whether there may be more answers than the ``SearchStore/lookLimit`` that are counted.
    /// - Throws: `PostgresError`.
    public func facets(
        _ names: [SearchFacet.Name],
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        in region: String? = nil
    ) async throws -> (facets: [SearchFacet], isMore: Bool) {
        let all = SearchFilter(kinds: filter.kinds, state: filter.state, day: filter.day)
        let limit = SearchStore.lookLimit
        let found = try await walk(question, all, in: region, after: nil, limit: limit, looking: Self.facetLimit)
        let passing = try await passing(found.items.map(\.record), filter)
        let hits = found.items.filter { passing.contains($0.record) }
        return (try await count(names, hits, on: filter.day), found.next != nil)
    }

    private func walk(
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        in region: String?,
        after: SearchCursor?,
        limit: Int,
        looking most: Int
    ) async throws -> Page<SearchHit> {
        let regions = try await codes(within: region)
        var (found, place, looked) = ([(hit: SearchHit, cursor: SearchCursor)](), after, 0)
        // A small page is mostly full after a small step.
        var step = min(Self.step, max(50, 2 * limit))
        while looked < most {
            let candidates = try await candidates(question, filter.kinds, after: place, most: step)
            let records = try await records(Set(candidates.map(\.record)).sorted())
            var answers: [(candidate: Candidate, hit: SearchHit)] = []
            for candidate in candidates {
                guard let record = records[candidate.record],
                    let answer = record.answer(to: question, model.fields(of: record.kind), on: moment.validAt),
                    answer.match == candidate.match,
                    filter.state.map({ $0 == answer.version.state }) ?? true,
                    regions.map({ $0.contains(answer.version.region ?? "") }) ?? true
                else { continue }
                answers.append((candidate, SearchHit(record, answer)))
            }
            let passing = try await passing(answers.map(\.hit.record), filter)
            for answer in answers where passing.contains(answer.hit.record) {
                if found.count == limit { return Page(items: found.map(\.hit), next: found.last?.cursor.text) }
                found.append((answer.hit, answer.candidate.cursor))
            }
            looked += candidates.count
            place = candidates.last?.cursor
            if candidates.count < step { return Page(items: found.map(\.hit), next: nil) }
            step = Self.step
        }
        return Page(items: found.map(\.hit), next: place?.text)
    }
}
