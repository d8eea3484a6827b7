/// A five-character SQLSTATE, which classifies a server error independently of its language.
///
/// Source: ISO/IEC 9075-2 and PostgreSQL documentation, appendix A "PostgreSQL Error Codes".
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The five characters.
    public let rawValue: String

    /// Wraps the five characters.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The five characters.
    public var description: String { rawValue }

    /// The first two characters, shared by a class of conditions.
    public var conditionClass: String { String(rawValue.prefix(2)) }

    /// 0A000
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// 21000
    public static let cardinalityViolation = SQLState(rawValue: "21000")
    /// 22001
    public static let stringDataRightTruncation = SQLState(rawValue: "22001")
    /// 22003
    public static let numericValueOutOfRange = SQLState(rawValue: "22003")
    /// 22012
    public static let divisionByZero = SQLState(rawValue: "22012")
    /// 22021
    public static let characterNotInRepertoire = SQLState(rawValue: "22021")
    /// 22P02
    public static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    /// 22P04
    public static let badCopyFileFormat = SQLState(rawValue: "22P04")
    /// 23502
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// 23503
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// 23505
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// 23514
    public static let checkViolation = SQLState(rawValue: "23514")
    /// 23P01
    public static let exclusionViolation = SQLState(rawValue: "23P01")
    /// 25006
    public static let readOnlySQLTransaction = SQLState(rawValue: "25006")
    /// 25P02
    public static let inFailedSQLTransaction = SQLState(rawValue: "25P02")
    /// 26000
    public static let invalidSQLStatementName = SQLState(rawValue: "26000")
    /// 28P01
    public static let invalidPassword = SQLState(rawValue: "28P01")
    /// 3D000
    public static let invalidCatalogName = SQLState(rawValue: "3D000")
    /// 40001
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// 40P01
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// 42501
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// 42601
    public static let syntaxError = SQLState(rawValue: "42601")
    /// 42703
    public static let undefinedColumn = SQLState(rawValue: "42703")
    /// 42883
    public static let undefinedFunction = SQLState(rawValue: "42883")
    /// 42P01
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// 53100
    public static let diskFull = SQLState(rawValue: "53100")
    /// 53300
    public static let tooManyConnections = SQLState(rawValue: "53300")
    /// 55P03
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// 57014
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// 57P01
    public static let adminShutdown = SQLState(rawValue: "57P01")
    /// 57P03
    public static let cannotConnectNow = SQLState(rawValue: "57P03")
    /// P0001
    public static let raiseException = SQLState(rawValue: "P0001")

    /// True when the same transaction may well succeed if it is run again from its beginning.
    public var isRetryable: Bool { self == .serializationFailure || self == .deadlockDetected }
}
