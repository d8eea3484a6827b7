/// Checks UTF-8 that arrives in pieces.
///
/// Source: The Unicode Standard, Table 3-7 (well-formed UTF-8 byte sequences).
struct UTF8Validator {
    /// Continuation bytes that the character begun last still needs.
    private(set) var needed = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Checks the next bytes.
    ///
    /// - Returns: The index of the first byte that does not fit; `nil` when all do.
    mutating func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let count = bytes.count
        var index = 0
        while index < count {
            if needed == 0 {
                index = Self.skipASCII(base, index, count)
                if index == count { return nil }
                switch base[index] {
                case 0xC2...0xDF: (needed, lowest, highest) = (1, 0x80, 0xBF)
                case 0xE0: (needed, lowest, highest) = (2, 0xA0, 0xBF)
                case 0xE1...0xEC, 0xEE...0xEF: (needed, lowest, highest) = (2, 0x80, 0xBF)
                case 0xED: (needed, lowest, highest) = (2, 0x80, 0x9F)
                case 0xF0: (needed, lowest, highest) = (3, 0x90, 0xBF)
                case 0xF1...0xF3: (needed, lowest, highest) = (3, 0x80, 0xBF)
                case 0xF4: (needed, lowest, highest) = (3, 0x80, 0x8F)
                default: return index
                }
                index += 1
                continue
            }
            let byte = base[index]
            guard byte >= lowest, byte <= highest else { return index }
            (lowest, highest) = (0x80, 0xBF)
            needed -= 1
            index += 1
        }
        return nil
    }

    /// The index of the first byte at or after `index` that is not ASCII; `count` when all are.
    static func skipASCII(_ base: UnsafePointer<UInt8>, _ index: Int, _ count: Int) -> Int {
        let raw = UnsafeRawPointer(base)
        var index = index
        while index + 32 <= count {
            let a = raw.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            if (a[0] | a[1] | a[2] | a[3]) & 0x8080_8080_8080_8080 != 0 { break }
            index += 32
        }
        while index < count, base[index] < 0x80 { index += 1 }
        return index
    }
}
