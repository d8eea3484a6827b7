/// Texts as JSON strings, escaped as ``CanonicalJSON`` escapes them: quotation mark, backslash and control characters, by
/// two characters where there are such, and nothing else.
///
/// Source: RFC 8259 §7; RFC 8785 §3.2.2.2.
public enum JSONString {
    /// A text with its quotation marks.
    public static func text(of text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 2)
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a text with its quotation marks.
    public static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &bytes) }
    }

    /// Appends UTF-8 with quotation marks around it; stretches without escapes are copied whole.
    public static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        while true {
            let place = plainEnd(of: text, from: start)
            if place > start { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<place])) }
            guard place < text.count else { break }
            escape(text[place], to: &bytes)
            start = place + 1
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Hexadecimal.digit(byte >> 4))
            bytes.append(Hexadecimal.digit(byte & 15))
        }
    }

    /// Where the first byte stands that is escaped, or the end; eight bytes are looked at together.
    ///
    /// A byte is below n ≤ 128 when taking n away from it borrows into a high bit that it does not have itself. The
    /// borrow may run into the byte behind: what is found is looked at byte by byte.
    /// Source: S. E. Anderson, "Bit Twiddling Hacks", "Determine if a word has a byte less than n".
    private static func plainEnd(of text: UnsafeRawBufferPointer, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var place = start
        while place < text.count {
            if place + 8 <= text.count {
                let word = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                let quotes = word ^ (ones &* 0x22)
                let backslashes = word ^ (ones &* 0x5C)
                let controls = (word &- ones &* 0x20) & ~word
                if (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & highs == 0 {
                    place += 8
                    continue
                }
            }
            for index in place..<min(place + 8, text.count) {
                let byte = text[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5C { return index }
            }
            place += 8
        }
        return text.count
    }
}
