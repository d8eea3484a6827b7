public import DomainModel
public import PostgresClient

// Where domain values and PostgreSQL's types meet, once for all repositories.

extension PostgresNumeric {
    /// The `numeric` of an exact decimal; keeps its decimal places.
    public init(_ value: ExactDecimal) {
        self.init(mantissa: value.mantissa, scale: value.scale)
    }
}

extension ExactDecimal {
    /// The exact decimal of a `numeric`.
    ///
    /// - Throws: ``StorageError/outOfRange(_:)`` for NaN, infinity and numbers that the type cannot hold.
    public init(_ numeric: PostgresNumeric) throws(StorageError) {
        guard let (mantissa, scale) = numeric.decimal, scale <= Self.maximumScale else {
            throw .outOfRange(numeric.description)
        }
        self.init(mantissa: mantissa, scale: scale)
    }
}

extension PostgresTimestamp {
    /// The `timestamptz` of an instant.
    public init(_ instant: Instant) {
        self.init(microsecondsSince1970: instant.microsecondsSince1970)
    }
}

extension Instant {
    /// The instant of a `timestamptz`.
    public init(_ timestamp: PostgresTimestamp) {
        self.init(microsecondsSince1970: timestamp.microsecondsSince1970)
    }
}

extension Comparator {
    /// The comparator's one-character code in the database.
    public var storageCode: String {
        switch self {
        case .equal: "="
        case .atLeast: "G"
        case .moreThan: ">"
        case .atMost: "L"
        case .lessThan: "<"
        case .about: "~"
        }
    }

    /// The comparator of a one-character code of the database.
    ///
    /// - Throws: ``StorageError/unknownCode(_:)``
    public init(storageCode: String) throws(StorageError) {
        guard let comparator = Comparator.allCases.first(where: { $0.storageCode == storageCode }) else {
            throw .unknownCode(storageCode)
        }
        self = comparator
    }
}

/// Reads a value of a stored enumeration.
///
/// - Throws: ``StorageError/unknownCode(_:)`` when the database holds a code that this program does not know.
public func stored<Value: RawRepresentable<String>>(_ type: Value.Type, _ code: String) throws(StorageError) -> Value {
    guard let value = Value(rawValue: code) else { throw .unknownCode(code) }
    return value
}
