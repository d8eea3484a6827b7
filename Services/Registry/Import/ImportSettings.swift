import ServiceKit

/// The settings of bulk import, under `registry` in the host's configuration.
struct ImportSettings: Sendable {
    /// `maximumBytes`: the largest file that is taken, in bytes, 1 KiB to 1 TiB. Default 4 GiB.
    let maximumBytes: Int
    /// `loaders`: how many files one process loads at once, 1 to 16. Default 1.
    let loaders: Int
    /// `rehearsals`: how many rehearsals one process runs at once, 1 to 16. Default 1.
    let rehearsals: Int

    /// The keys, for people.
    static let keys = [
        Setting("maximumBytes", default: "4294967296", "1024…1099511627776: the largest file of records, in bytes"),
        Setting("loaders", default: "1", "1…16: files of records that one process loads at once"),
        Setting("rehearsals", default: "1", "1…16: rehearsals that one process runs at once"),
    ]

    /// Reads the settings.
    ///
    /// - Throws: `ConfigurationError` for a value out of range.
    init(_ configuration: PlatformConfiguration) throws {
        maximumBytes = try configuration.integer("maximumBytes", in: 1 << 10...1 << 40, default: 4 << 30)
        loaders = try configuration.integer("loaders", in: 1...16, default: 1)
        rehearsals = try configuration.integer("rehearsals", in: 1...16, default: 1)
    }
}
