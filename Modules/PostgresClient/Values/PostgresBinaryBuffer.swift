import Glibc

/// Bytes in PostgreSQL's binary formats: the rows of a binary COPY, or the value of one parameter.
///
/// Two families of methods: `append…` writes a *field* of a COPY row (its length, then the value); `write…` writes a
/// bare value, which is what ``PostgresEncodable/encode(into:)`` needs. Nothing is allocated per value; the memory
/// grows by doubling and is kept by ``removeAll(keepingCapacity:)``.
///
/// ```swift
/// try await connection.copyIn("COPY stage (id, day, value) FROM STDIN (FORMAT binary)") { writer in
///     var buffer = PostgresBinaryBuffer()
///     buffer.startCopy()
///     for row in rows {
///         buffer.startRow(columns: 3)
///         buffer.append(row.id)
///         buffer.appendDate(daysSince1970: row.day)
///         buffer.appendNumeric(mantissa: row.mantissa, scale: row.scale)
///         if buffer.count >= 64 << 10 {
///             try await writer.write(buffer)
///             buffer.removeAll(keepingCapacity: true)
///         }
///     }
///     buffer.endCopy()
///     try await writer.write(buffer)
/// }
/// ```
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format".
public struct PostgresBinaryBuffer: Sendable {
    /// Its count is the capacity: writing is then a store and an addition, without the bookkeeping of `append`.
    @usableFromInline var storage: [UInt8] = []
    @usableFromInline var length = 0

    /// An empty buffer.
    ///
    /// - Parameter minimumCapacity: Bytes to make room for at once.
    public init(minimumCapacity: Int = 0) {
        if minimumCapacity > 0 {
            grow(by: minimumCapacity)
        }
    }

    /// A buffer of these bytes.
    public init(_ bytes: [UInt8]) {
        storage = bytes
        length = bytes.count
    }

    /// The number of bytes written.
    @inlinable public var count: Int { length }

    /// True when nothing has been written.
    @inlinable public var isEmpty: Bool { length == 0 }

    /// A copy of the bytes written.
    public var bytes: [UInt8] { Array(storage[..<length]) }

    /// Forgets the bytes written.
    ///
    /// - Parameter keepingCapacity: True keeps the memory for the next rows.
    public mutating func removeAll(keepingCapacity: Bool = false) {
        length = 0
        if !keepingCapacity {
            storage = []
        }
    }

    /// Calls the body with the bytes written.
    ///
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    @inlinable
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
    }

    @usableFromInline
    mutating func grow(by needed: Int) {
        let old = storage
        let size = old.count + max(old.count, needed, 256)
        // By the C library: generic code is a call for each byte where it is not optimized.
        storage = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
            guard let start = bytes.baseAddress else {
                return
            }
            old.withUnsafeBytes { known in
                if let from = known.baseAddress {
                    memcpy(start, from, known.count)
                }
            }
            memset(start + old.count, 0, size - old.count)
            count = size
        }
    }

    @inlinable
    mutating func makeRoom(_ needed: Int) {
        if length + needed > storage.count {
            grow(by: needed)
        }
    }

    // MARK: Bare values

    /// Writes an integer in network byte order.
    @inlinable
    public mutating func write<T: FixedWidthInteger & BitwiseCopyable>(integer value: T) {
        let size = MemoryLayout<T>.size
        makeRoom(size)
        storage.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: length, as: T.self) }
        length += size
    }

    /// Writes bytes as they are.
    @inlinable
    public mutating func write(bytes: UnsafeRawBufferPointer) {
        makeRoom(bytes.count)
        storage.withUnsafeMutableBytes {
            UnsafeMutableRawBufferPointer(rebasing: $0[length..<length + bytes.count]).copyMemory(from: bytes)
        }
        length += bytes.count
    }

    /// Writes the UTF-8 of a text.
    @inlinable
    public mutating func write(text: String) {
        var text = text
        text.withUTF8 { write(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Forgets the bytes written since the count was this.
    mutating func truncate(to count: Int) { length = count }

    /// Overwrites four bytes, for lengths that are known only after the value.
    mutating func overwrite(_ value: Int32, at offset: Int) {
        storage.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self) }
    }

    // MARK: Frame of a COPY

    /// Writes the header of a binary COPY: signature, no flags, no extension. Once, before the first row.
    public mutating func startCopy() {
        let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
        signature.withUnsafeBytes { write(bytes: $0) }
        write(integer: 0 as Int32)
        write(integer: 0 as Int32)
    }

    /// Begins a row; exactly `columns` fields must follow.
    @inlinable
    public mutating func startRow(columns: Int16) {
        write(integer: columns)
    }

    /// Writes the trailer of a binary COPY. Once, after the last row.
    public mutating func endCopy() {
        write(integer: -1 as Int16)
    }
}
