import RecordLinkage

/// What a record is compared by, as one text: features parted by one control character, their values by another.
enum LinkageContent {
    private static let end: UInt8 = 0x1E
    private static let between: UInt8 = 0x1F
    /// Stands beside the names of features.
    private static let reading = "reading"

    /// The text of a profile.
    static func text(_ profile: LinkageProfile) -> String {
        var parts = profile.values.sorted { $0.key.rawValue < $1.key.rawValue }.map { [$0.key.rawValue] + $0.value }
        if !profile.readings.isEmpty { parts.append([reading] + profile.readings) }
        return parts.map { $0.joined(separator: "\u{1F}") }.joined(separator: "\u{1E}")
    }

    /// The profile of a text; what it does not know is left out.
    static func profile(_ text: String, of record: Int64, namesakes: Int) -> LinkageProfile {
        var values: [LinkageFeature: [String]] = [:]
        var readings: [String] = []
        for part in text.utf8.split(separator: end) {
            let texts = part.split(separator: between).map { String(Substring($0)) }
            guard let name = texts.first else { continue }
            if name == reading {
                readings = Array(texts.dropFirst())
            } else if let feature = LinkageFeature(rawValue: name) {
                values[feature] = Array(texts.dropFirst())
            }
        }
        return LinkageProfile(id: record, values: values, readings: readings, namesakes: namesakes)
    }

    /// A digest of a text, the same on every machine: it finds, and secures nothing.
    ///
    /// Source: G. Fowler, L. C. Noll, K.-P. Vo, FNV-1a of 64 bits (draft-eastlake-fnv-17.2 §2).
    static func digest(_ text: String) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}
