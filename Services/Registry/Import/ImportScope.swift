import DomainModel
import Storage

/// The regions that a writer may write records of, by code.
struct ImportScope: Sendable {
    /// The numbers of the regions within.
    let numbers: [String: Int32]
    /// Whether it is all of them, and what lies in none.
    let isEverywhere: Bool

    init(_ regions: [SeriesStore.Term], within scope: RegionScope) {
        let within = regions.filter { scope.contains($0.id) }
        numbers = Dictionary(within.map { ($0.code, $0.id) }, uniquingKeysWith: { first, _ in first })
        isEverywhere = scope == .everywhere
    }
}
