import Storage

/// The codes that rows may use, read once at the start of a load.
struct LoadVocabulary: Sendable {
    /// All indicators.
    let indicators: [SeriesStore.Term]
    /// The regions that the submitter may submit for.
    let regions: [SeriesStore.Term]
    /// The codes of all others.
    let foreignRegions: Set<String>

    /// Reads the codes.
    ///
    /// - Parameters:
    ///   - store: Where from.
    ///   - scope: The regions that the submitter may submit for.
    /// - Throws: `PostgresError`.
    init(_ store: SeriesStore, within scope: RegionScope) async throws {
        indicators = try await store.indicators()
        let all = try await store.regions()
        regions = all.filter { scope.contains($0.id) }
        foreignRegions = Set(all.filter { !scope.contains($0.id) }.map(\.code))
    }
}
