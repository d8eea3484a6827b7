import Storage

/// The codes that rows may use, read once at the start of a load.
struct LoadVocabulary: Sendable {
    /// All indicators.
    let indicators: [SeriesStore.Term]
    /// All regions.
    let regions: [SeriesStore.Term]

    /// Reads the codes.
    init(_ store: SeriesStore) async throws {
        indicators = try await store.indicators()
        regions = try await store.regions()
    }
}
