/// Tells the encoding of a text that declares none.
enum EncodingDetector {
    /// The most bytes that are looked at, from the first that is not ASCII.
    static let window = 1 << 16

    /// What can be told.
    enum Verdict: Equatable {
        case encoding(TextEncoding)
        /// The bytes are text in an encoding that cannot be told.
        case ambiguous
        /// The bytes are text in none of the encodings; the index is where UTF-8 ends.
        case invalid(Int)
    }

    /// Looks at the start of a text for byte order marks.
    ///
    /// - Parameter bytes: The first four bytes, or fewer when the text has fewer.
    /// - Returns: The encoding and the length of its mark; `nil` when there is none.
    static func mark(_ bytes: UnsafeBufferPointer<UInt8>) -> (TextEncoding, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// Judges bytes that begin with one that is not ASCII.
    ///
    /// UTF-8 is hardly ever met by chance, so that valid UTF-8 is UTF-8. GB 18030 allows most byte pairs, so that it is
    /// believed only where the pairs make the commoner characters of Chinese text.
    ///
    /// - Parameters:
    ///   - bytes: The first ``window`` bytes, or fewer when the text has fewer.
    ///   - isWhole: Whether the text ends with them.
    /// - Returns: The encoding, or why it cannot be told.
    static func judge(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Verdict {
        var validator = UTF8Validator()
        let invalid = validator.firstInvalid(in: bytes)
        if invalid == nil, validator.needed == 0 || !isWhole { return .encoding(.utf8) }
        switch chineseShare(bytes, isWhole: isWhole) {
        case nil: return .invalid(invalid ?? bytes.count)
        case let share? where share >= 0.75: return .encoding(.gb18030)
        default: return .ambiguous
        }
    }

    /// How many of the characters beyond ASCII are punctuation, full-width forms or level-1 hanzi of GB/T 2312, which
    /// are the 3755 commonest; `nil` when the bytes are not GB 18030.
    ///
    /// Source: GB/T 2312-1980 rows 1–3 and 16–55; GB 18030-2022 §5 for the structure.
    static func chineseShare(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Double? {
        var common = 0
        var all = 0
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            guard lead != 0x80, lead != 0xFF else { return nil }
            guard index + 1 < bytes.count else { return isWhole ? nil : share(common, all) }
            let trail = bytes[index + 1]
            all += 1
            switch trail {
            case 0x40...0x7E, 0x80...0xFE:
                if trail >= 0xA1, (0xB0...0xD7).contains(lead) || (0xA1...0xA3).contains(lead) { common += 1 }
                index += 2
            case 0x30...0x39:
                guard index + 3 < bytes.count else { return isWhole ? nil : share(common, all) }
                guard (0x81...0xFE).contains(bytes[index + 2]), (0x30...0x39).contains(bytes[index + 3]) else {
                    return nil
                }
                index += 4
            default: return nil
            }
        }
        return share(common, all)
    }

    private static func share(_ common: Int, _ all: Int) -> Double {
        all == 0 ? 0 : Double(common) / Double(all)
    }
}
