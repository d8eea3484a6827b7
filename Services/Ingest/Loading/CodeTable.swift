/// Finds codes by their UTF-8 bytes without making strings.
///
/// A file of two million rows names the same few hundred codes over and over; each look-up is one hash over the bytes
/// and one comparison. The code of the row before is remembered, because files are mostly sorted.
struct CodeTable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var slots: [Int32]
    private var last: Int32 = -1

    /// The codes, in the order given.
    let codes: [String]

    /// Makes a table of codes; the index of a code is its place in the list.
    init(_ codes: [String]) {
        self.codes = codes
        var capacity = 16
        while capacity < codes.count * 2 { capacity *= 2 }
        slots = Array(repeating: -1, count: capacity)
        for (index, code) in codes.enumerated() {
            var code = code
            code.withUTF8 { bytes.append(contentsOf: $0) }
            ends.append(bytes.count)
            var slot = code.withUTF8 { Self.hash($0) } & (capacity - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// The index of a code, or `nil` when it is not in the table.
    mutating func find(_ code: UnsafeBufferPointer<UInt8>) -> Int? {
        if last >= 0, matches(Int(last), code) { return Int(last) }
        let mask = slots.count - 1
        var slot = Self.hash(code) & mask
        while true {
            let index = slots[slot]
            if index < 0 { return nil }
            if matches(Int(index), code) {
                last = index
                return Int(index)
            }
            slot = (slot + 1) & mask
        }
    }

    private func matches(_ index: Int, _ code: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : ends[index - 1]
        guard ends[index] - start == code.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            for offset in 0..<code.count where all[start + offset] != code[offset] { return false }
            return true
        }
    }

    // FNV-1a, 64 bits: codes are short and come from our own registers.
    private static func hash(_ code: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in code { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7fff_ffff_ffff_ffff)
    }
}
