import Foundation

/// The reference data of the repository, in the order in which it is imported.
enum ReferenceData {
    /// Kinds of records by the names of their resources and files.
    static let kinds = [
        (plural: "regions", file: "regions.csv"),
        (plural: "classifications", file: "classifications.csv"),
        (plural: "indicators", file: "indicators.csv"),
        (plural: "plans", file: "plans.csv"),
        (plural: "targets", file: "indicators.csv"),
        (plural: "datasets", file: "datasets.csv"),
    ]

    /// Path of a file of `deploy/reference`.
    static func file(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "deploy/reference/\(name)").path
    }
}
