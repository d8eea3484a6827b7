import Crypto
public import DomainModel

/// Counts what comes of a file and makes its receipt.
///
/// Every row is counted once: `created + revised + unchanged + duplicates + rejected` is `rows`.
public struct ReceiptBuilder: Sendable {
    /// Rows in the file, the header not counted.
    public var rows: Int64 = 0
    /// Values or records that were not known before.
    public var created: Int64 = 0
    /// Values or records that differ from what was known.
    public var revised: Int64 = 0
    /// Rows that say what was known already.
    public var unchanged: Int64 = 0
    /// Rows that say again what another row of the file says.
    public var duplicates: Int64 = 0
    /// Rows that were refused.
    public var rejected: Int64 = 0
    /// How many conflicts so far are errors.
    public private(set) var errors: Int64 = 0

    private var counts: [ConflictCode: Int64] = [:]
    private var digest = ConflictDigest()

    /// Makes a count of nothing.
    public init() {}

    /// Adds the next conflict in the order of the file.
    ///
    /// - Returns: Its canonical JSON, as it is stored.
    @discardableResult
    public mutating func add(_ conflict: Conflict) throws -> String {
        let json = try CanonicalJSON.text(conflict)
        add(conflict.code, json: json)
        return json
    }

    /// Adds the next conflict in the order of the file by its kind and its canonical JSON.
    public mutating func add(_ code: ConflictCode, json: String) {
        counts[code, default: 0] += 1
        if code.severity == .error { errors += 1 }
        digest.add(line: json)
    }

    /// The receipt of a file of which nothing was taken: all of its rows are rejected.
    public func refused(dataset: String, sha256: String, mode: Batch.Mode) -> Receipt {
        var nothing = self
        nothing.created = 0
        nothing.revised = 0
        nothing.unchanged = 0
        nothing.duplicates = 0
        nothing.rejected = rows
        return nothing.receipt(dataset: dataset, sha256: sha256, mode: mode, outcome: .refused)
    }

    /// The receipt of a file that was taken, in part when rows of it were rejected.
    public func accepted(dataset: String, sha256: String, mode: Batch.Mode) -> Receipt {
        receipt(dataset: dataset, sha256: sha256, mode: mode, outcome: rejected > 0 ? .acceptedInPart : .accepted)
    }

    private func receipt(dataset: String, sha256: String, mode: Batch.Mode, outcome: Receipt.Outcome) -> Receipt {
        Receipt(
            dataset: dataset,
            sha256: sha256,
            mode: mode,
            outcome: outcome,
            rows: rows,
            created: created,
            revised: revised,
            unchanged: unchanged,
            duplicates: duplicates,
            rejected: rejected,
            conflicts: counts.map { Receipt.ConflictCount(code: $0.key, count: $0.value) }
                .sorted { $0.code.rawValue < $1.code.rawValue },
            conflictsDigest: digest.hexadecimal
        )
    }

    /// SHA-256 over the canonical JSON of a receipt, in hexadecimal.
    public static func digest(of receipt: Receipt) throws -> String {
        SHA256.hash(data: try CanonicalJSON.encode(receipt)).hexadecimal
    }
}
