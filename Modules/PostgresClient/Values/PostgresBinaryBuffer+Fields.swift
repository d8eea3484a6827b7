extension PostgresBinaryBuffer {
    @inlinable
    mutating func appendField<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        let size = MemoryLayout<T>.size
        makeRoom(4 + size)
        storage.withUnsafeMutableBytes {
            $0.storeBytes(of: Int32(truncatingIfNeeded: size).bigEndian, toByteOffset: length, as: Int32.self)
            $0.storeBytes(of: value.bigEndian, toByteOffset: length + 4, as: T.self)
        }
        length += 4 + size
    }

    /// Appends an `int2` field.
    @inlinable public mutating func append(_ value: Int16) { appendField(value) }

    /// Appends an `int4` field.
    @inlinable public mutating func append(_ value: Int32) { appendField(value) }

    /// Appends an `int8` field.
    @inlinable public mutating func append(_ value: Int64) { appendField(value) }

    /// Appends an `int8` field.
    @inlinable public mutating func append(_ value: Int) { appendField(Int64(value)) }

    /// Appends a `boolean` field.
    @inlinable public mutating func append(_ value: Bool) { appendField(value ? 1 : 0 as UInt8) }

    /// Appends a `float8` field.
    @inlinable public mutating func append(_ value: Double) { appendField(value.bitPattern) }

    /// Appends a NULL.
    @inlinable public mutating func appendNull() { write(integer: -1 as Int32) }

    /// Appends a field of raw bytes: a text in UTF-8, or a `bytea`.
    @inlinable
    public mutating func append(utf8 bytes: UnsafeRawBufferPointer) {
        write(integer: Int32(bytes.count))
        write(bytes: bytes)
    }

    /// Appends a text field that is UTF-8 already.
    @inlinable
    public mutating func append(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        append(utf8: UnsafeRawBufferPointer(bytes))
    }

    /// Appends a text field. (No NUL characters: the server refuses them.)
    @inlinable
    public mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(utf8: $0) }
    }

    /// Appends a `date` field.
    ///
    /// - Parameter days: Days since 1970-01-01; a `date` ends in the year 5874897.
    @inlinable
    public mutating func appendDate(daysSince1970 days: Int) {
        appendField(Int32(days - PostgresDate.daysFrom1970To2000))
    }

    /// Appends a `timestamptz` field.
    ///
    /// - Parameter microseconds: Microseconds since 1970-01-01T00:00:00Z; `Int64.max` and `.min` mean ±infinity.
    @inlinable
    public mutating func appendTimestamp(microsecondsSince1970 microseconds: Int64) {
        appendField(PostgresTimestamp.wire(microsecondsSince1970: microseconds))
    }

    /// Appends any encodable value as a field; slower than the methods above.
    public mutating func append<T: PostgresEncodable>(_ value: T) {
        guard !value.isPostgresNull else {
            return appendNull()
        }
        let start = length
        write(integer: 0 as Int32)
        value.encode(into: &self)
        overwrite(Int32(clamping: length - start - 4), at: start)
    }
}
