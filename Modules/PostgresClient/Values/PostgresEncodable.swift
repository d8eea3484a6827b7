/// A value that can stand as a bind of a ``PostgresQuery`` or as a field of a COPY.
///
/// The standard library's numbers, `Bool`, `String`, `[UInt8]`, `UUID`, the `Postgres…` values, arrays and optionals
/// of them conform. A type of your own needs its PostgreSQL type and its bytes; an enum with such a raw value needs
/// only the name of the protocol:
///
/// ```swift
/// enum State: String, PostgresEncodable, PostgresDecodable { case open, closed }
/// ```
public protocol PostgresEncodable: PostgresArrayEncodable {
    /// The type sent for the value.
    static var postgresType: PostgresType { get }

    /// True when the value stands for NULL; ``encode(into:)`` is not called then. False by default.
    var isPostgresNull: Bool { get }

    /// Writes the bare value (no length) in the binary format of ``postgresType``, with the buffer's `write` methods.
    func encode(into buffer: inout PostgresBinaryBuffer)
}

/// An element type of Swift arrays that can be encoded; every ``PostgresEncodable`` is one.
///
/// `UInt8` is one too, which makes `[UInt8]` a `bytea`.
public protocol PostgresArrayEncodable: Sendable {
    /// The type of an array of such elements.
    static var postgresArrayType: PostgresType { get }

    /// Writes the array's binary format.
    static func encodeArray(_ elements: [Self], into buffer: inout PostgresBinaryBuffer)
}

extension PostgresEncodable {
    /// False: only `Optional` stands for NULL.
    public var isPostgresNull: Bool { false }

    /// The array type over ``postgresType``.
    public static var postgresArrayType: PostgresType { postgresType.array }

    /// Writes a one-dimensional array (server source `arrayfuncs.c`, `array_send`).
    public static func encodeArray(_ elements: [Self], into buffer: inout PostgresBinaryBuffer) {
        buffer.write(integer: elements.isEmpty ? 0 : 1 as Int32)
        buffer.write(integer: elements.contains(where: \.isPostgresNull) ? 1 : 0 as Int32)
        buffer.write(integer: postgresType.elementOID)
        guard !elements.isEmpty else {
            return
        }
        buffer.write(integer: Int32(elements.count))
        buffer.write(integer: 1 as Int32)
        for element in elements {
            buffer.append(element)
        }
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The type of the raw value.
    public static var postgresType: PostgresType { RawValue.postgresType }

    /// Writes the raw value.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        rawValue.encode(into: &buffer)
    }
}

extension Optional: PostgresArrayEncodable where Wrapped: PostgresEncodable {}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped type's.
    public static var postgresType: PostgresType { Wrapped.postgresType }

    /// True for `nil`.
    public var isPostgresNull: Bool { self?.isPostgresNull ?? true }

    /// Writes the wrapped value.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        self?.encode(into: &buffer)
    }
}

extension Array: PostgresArrayEncodable where Element: PostgresArrayEncodable {}

extension Array: PostgresEncodable where Element: PostgresArrayEncodable {
    /// The array type of the element.
    public static var postgresType: PostgresType { Element.postgresArrayType }

    /// Writes the array in binary format.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        Element.encodeArray(self, into: &buffer)
    }
}
