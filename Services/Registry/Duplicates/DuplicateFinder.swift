import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Looks through records of a kind for pairs that may be one.
struct DuplicateFinder {
    let unit: UnitOfWork
    let maker: LinkageMaker
    let now: Instant

    /// The most records under one key that are compared with one another.
    static let blockLimit = 200
    /// The least probability of a candidate, unless another is asked for.
    static let minimum = 0.5

    /// Records that are made comparable at once.
    private static let chunk = 2_000
    /// Members of blocks that are read at once; never fewer than a block has.
    private static let page = 20_000

    private var linkage: LinkageStore { LinkageStore(unit.connection) }
    private var duplicates: DuplicateStore { DuplicateStore(unit.connection) }

    /// Finds the pairs, keeps them, and takes out those that are likely no longer; decisions stay.
    ///
    /// - Throws: `PostgresError`; `CancellationError` when nobody wants it any more.
    func find(_ kind: RegistryKind, minimum: Double) async throws -> DuplicateSearch {
        let refreshed = try await refresh(kind)
        let records = try await linkage.count(kind)
        let skipped = try await linkage.skipped(kind, above: Self.blockLimit)
        let scorer = LinkageScorer(
            kind,
            population: records,
            minimum: minimum,
            skipped: Set(skipped.map(\.key))
        )
        let principal = unit.activity.principal.id
        let search = try await duplicates.beginSearch(kind, minimum: minimum, principal: principal, now: now)
        try await linkage.openBlocks(kind, most: Self.blockLimit)
        var (pairs, candidates): (Int64, Int64) = (0, 0)
        try await compare(scorer, of: records) { outcome in
            pairs += outcome.compared
            candidates += Int64(outcome.pairs.count)
            try await duplicates.put(outcome.pairs, of: kind, search: search, now: now)
        }
        try await duplicates.removeUnseen(kind, by: search)
        let found = DuplicateSearch(
            id: search,
            kind: kind,
            principal: principal,
            at: now,
            records: records,
            refreshed: refreshed,
            pairs: pairs,
            candidates: candidates,
            skippedKeys: Int64(skipped.count),
            largestSkipped: skipped.map(\.size).max() ?? 0
        )
        try await duplicates.finish(found)
        try await duplicates.seal()
        return found
    }

    /// Finds the pairs that the records of a write make with one another and with all others, and takes out those of them
    /// that are likely no longer. The records are comparable already.
    ///
    /// - Throws: `PostgresError`; `CancellationError`.
    func find(_ kind: RegistryKind, of arrivals: LinkageArrivals) async throws {
        let records = try await linkage.count(kind)
        let scorer = LinkageScorer(
            kind,
            population: records,
            minimum: Self.minimum,
            skipped: try await linkage.skipped(kind, above: Self.blockLimit, of: arrivals)
        )
        try await linkage.openBlocks(kind, most: Self.blockLimit, of: arrivals)
        var seen: Set<[Int64]> = []
        try await compare(scorer, of: records) { outcome in
            seen.formUnion(outcome.pairs.map { [$0.one.record, $0.other.record] })
            try await duplicates.put(outcome.pairs, of: kind, search: nil, now: now)
        }
        let standing = try await duplicates.pairs(of: arrivals, kind)
        try await duplicates.remove(standing.filter { !seen.contains([$0.one, $0.other]) }.map(\.id))
    }

    /// Makes comparable what was written since, by whatever way.
    private func refresh(_ kind: RegistryKind) async throws -> Int64 {
        var refreshed: Int64 = 0
        var after: Int64 = 0
        while true {
            let stale = try await linkage.stale(kind, after: after, limit: Self.chunk)
            guard let last = stale.last else { return refreshed }
            try await maker.refresh(stale, linkage)
            refreshed += Int64(stale.count)
            after = last
            try await unit.activity.report(done: Int(refreshed), of: Int(refreshed), "refresh")
        }
    }

    /// Compares the blocks that were opened, one after the other; while some are compared, the next are read.
    private func compare(
        _ scorer: LinkageScorer,
        of records: Int64,
        take: (LinkageScorer.Outcome) async throws -> Void
    ) async throws {
        var read = 0
        var rest: [LinkageMember] = []
        var next = try await linkage.nextMembers(Self.page)
        repeat {
            read += next.count
            let isLast = next.count < Self.page
            let members = rest + next
            // The last block may go on in the next page.
            let end =
                isLast
                ? members.endIndex
                : members.lastIndex { $0.key != members[members.endIndex - 1].key }.map { $0 + 1 } ?? 0
            rest = Array(members[end...])
            let whole = Array(members[..<end])
            async let outcome = scorer.compare(whole)
            next = isLast ? [] : try await linkage.nextMembers(Self.page)
            try await take(await outcome)
            try await unit.activity.report(done: read, of: max(read, Int(records)), "compare")
        } while !next.isEmpty || !rest.isEmpty
    }
}
