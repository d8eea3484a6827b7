/// Reads the parts of a nested binary value, and never beyond its end.
struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - offset }
    var isAtEnd: Bool { remaining == 0 }

    /// The next integer in network byte order; nil when too few bytes are left.
    mutating func integer<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type = T.self) -> T? {
        guard remaining >= MemoryLayout<T>.size else {
            return nil
        }
        defer { offset += MemoryLayout<T>.size }
        return T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// A part with its length before it.
    enum Part {
        case null
        case value(UnsafeRawBufferPointer)
    }

    /// The next part; nil when its length is no length or it is cut off.
    mutating func part() -> Part? {
        guard let length: Int32 = integer() else {
            return nil
        }
        if length == -1 {
            return .null
        }
        guard length >= 0, Int(length) <= remaining else {
            return nil
        }
        defer { offset += Int(length) }
        return .value(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(length)]))
    }
}
