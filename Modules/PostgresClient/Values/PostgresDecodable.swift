/// A value that can be read from a cell of a row.
///
/// Built on another decodable value, a type of your own is short:
///
/// ```swift
/// struct Money: PostgresDecodable {
///     init(from cell: PostgresCell) throws {
///         guard let (mantissa, scale) = try PostgresNumeric(from: cell).decimal, scale <= 2 else {
///             throw cell.decodingError("expected an amount with at most two decimals")
///         }
///         …
///     }
/// }
/// ```
public protocol PostgresDecodable: PostgresArrayDecodable {
    /// Reads the value.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when the cell is NULL, of another type, or out of range.
    init(from cell: PostgresCell) throws
}

/// An element type of Swift arrays that can be decoded; every ``PostgresDecodable`` is one, and `UInt8` for `bytea`.
public protocol PostgresArrayDecodable {
    /// Reads the array.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when the cell is NULL or no such array.
    static func decodeArray(from cell: PostgresCell) throws -> [Self]
}

extension PostgresDecodable {
    /// Reads a one-dimensional array (server source `arrayfuncs.c`, `array_send`).
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL, other types and other dimensions, and when an element
    ///   is not decodable.
    public static func decodeArray(from cell: PostgresCell) throws -> [Self] {
        try cell.elements(as: Self.self).map { try Self(from: $0) }
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads the raw value.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when the raw value is not decodable, or not one of the type's.
    public init(from cell: PostgresCell) throws {
        guard let value = Self(rawValue: try RawValue(from: cell)) else {
            throw cell.decodingError("not a value of \(Self.self)")
        }
        self = value
    }
}

extension Optional: PostgresArrayDecodable where Wrapped: PostgresDecodable {}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads NULL as `nil`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when a value is there that is not decodable.
    public init(from cell: PostgresCell) throws {
        self = cell.isNull ? nil : try Wrapped(from: cell)
    }
}

extension Array: PostgresArrayDecodable where Element: PostgresArrayDecodable {}

extension Array: PostgresDecodable where Element: PostgresArrayDecodable {
    /// Reads an array, or a `bytea` as `[UInt8]`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL, other types and other dimensions, and when an element
    ///   is not decodable.
    public init(from cell: PostgresCell) throws {
        self = try Element.decodeArray(from: cell)
    }
}
