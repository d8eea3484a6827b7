public import DomainModel
public import NameForms

/// A record that answers a question of the search box.
public struct SearchHit: Sendable, Hashable, Codable {
    /// The row number of the record.
    public let record: Int64
    /// Its public key.
    public let key: String
    /// What the record is.
    public let kind: RegistryKind
    /// How well the name answers.
    public let rank: SearchRank
    /// The field whose value answers.
    public let field: String
    /// The name that answers, as it was written.
    public let shown: String
    /// What the record is called, whatever answers.
    public let name: String
    /// The code of the region that it lies in.
    public let region: String?
}

/// A place in the order of the answers: rank, key, record, number of the name.
struct SearchCursor: Sendable, Hashable {
    let rank: SearchRank
    let key: String
    let record: Int64
    let ordinal: Int16

    init(rank: SearchRank, key: String, record: Int64, ordinal: Int16) {
        self.rank = rank
        self.key = key
        self.record = record
        self.ordinal = ordinal
    }

    /// Reads what ``text`` wrote; `nil` for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let rank = Int16(parts[0]).flatMap(SearchRank.init(rawValue:)),
            let record = Int64(parts[1]),
            let ordinal = Int16(parts[2])
        else { return nil }
        self.init(rank: rank, key: String(parts[3]), record: record, ordinal: ordinal)
    }

    /// The place as a text.
    var text: String { "\(rank.rawValue)~\(record)~\(ordinal)~\(key)" }
}
