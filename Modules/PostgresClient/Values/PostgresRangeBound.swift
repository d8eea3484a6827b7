/// A value that ranges have as their ends.
///
/// Integers, ``PostgresNumeric``, ``PostgresDate`` and ``PostgresTimestamp`` conform. A type of your own names the range
/// type over its ``PostgresEncodable/postgresType``:
///
/// ```swift
/// extension Day: PostgresRangeBound {
///     static var postgresRangeType: PostgresType { .dateRange }
///     static var postgresMultirangeType: PostgresType { .dateMultirange }
/// }
/// ```
///
/// Range types made by `CREATE TYPE` have no fixed OID and cannot be bound; take them apart with `lower` and `upper`.
public protocol PostgresRangeBound: PostgresEncodable, PostgresDecodable, Hashable {
    /// The type of a range of such values.
    static var postgresRangeType: PostgresType { get }

    /// The type of a multirange of such values.
    static var postgresMultirangeType: PostgresType { get }
}

extension Int32: PostgresRangeBound {
    /// `int4range`.
    public static var postgresRangeType: PostgresType { .int4Range }
    /// `int4multirange`.
    public static var postgresMultirangeType: PostgresType { .int4Multirange }
}

extension Int64: PostgresRangeBound {
    /// `int8range`.
    public static var postgresRangeType: PostgresType { .int8Range }
    /// `int8multirange`.
    public static var postgresMultirangeType: PostgresType { .int8Multirange }
}

extension Int: PostgresRangeBound {
    /// `int8range`.
    public static var postgresRangeType: PostgresType { .int8Range }
    /// `int8multirange`.
    public static var postgresMultirangeType: PostgresType { .int8Multirange }
}

extension PostgresNumeric: PostgresRangeBound {
    /// `numrange`.
    public static var postgresRangeType: PostgresType { .numericRange }
    /// `nummultirange`.
    public static var postgresMultirangeType: PostgresType { .numericMultirange }
}

extension PostgresDate: PostgresRangeBound {
    /// `daterange`.
    public static var postgresRangeType: PostgresType { .dateRange }
    /// `datemultirange`.
    public static var postgresMultirangeType: PostgresType { .dateMultirange }
}

extension PostgresTimestamp: PostgresRangeBound {
    /// `tstzrange`.
    public static var postgresRangeType: PostgresType { .timestamptzRange }
    /// `tstzmultirange`.
    public static var postgresMultirangeType: PostgresType { .timestamptzMultirange }
}
