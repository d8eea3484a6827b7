import DomainModel

/// Where the next page of a sorted list of records begins: behind one record, as all was recorded at an instant.
///
/// It has the record's own value, so that nothing that is written between two pages moves what is still to come.
struct RecordPlace {
    /// The instant whose state all pages show.
    let asOf: Instant
    /// What the list is sorted by, as text; absent where that is too long for a cursor, and looked for by the key.
    let value: String?
    /// The record's key.
    let key: String

    /// The fields whose first value a list by name is sorted by.
    private static let names = ["name_zh", "name_foreign", "name_en"]

    /// The most bytes of a value: the cursor of a page is a parameter of a thousand characters.
    private static let longest = 400

    /// The place behind a record.
    init(_ record: RegistryRecord, by order: String, asOf: Instant) {
        self.asOf = asOf
        key = record.key
        let full =
            switch order {
            case "changed": String(record.version)
            case "recorded": record.recorded.at.description
            case "name": Self.names.lazy.compactMap { record.attributes[$0]?.text }.first ?? ""
            default: record.key
            }
        value = full.utf8.count > Self.longest ? nil : full
    }

    /// Reads a place as ``text`` writes it; `nil` when it is no place in this order.
    init?(_ text: String, by order: String) {
        // A name may have any character; the parts before it have no stroke.
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1, let microseconds = Int64(parts[0]) else { return nil }
        asOf = Instant(microsecondsSince1970: microseconds)
        key = String(parts[1])
        value = parts.count == 3 ? String(parts[2]) : nil
        if order == "changed", value.flatMap({ Int64($0) }) == nil { return nil }
        if order == "recorded", value.flatMap({ Instant($0) }) == nil { return nil }
    }

    /// The write that a list by `changed` has come to.
    var write: Int64? { value.flatMap { Int64($0) } }

    /// The place as the cursor has it.
    var text: String { "\(asOf.microsecondsSince1970)/\(key)\(value.map { "/\($0)" } ?? "")" }
}
