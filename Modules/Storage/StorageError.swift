/// What a repository cannot do with what the database holds.
public enum StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A number that the domain's types cannot hold.
    case outOfRange(String)
    /// A code that this version of the program does not know.
    case unknownCode(String)
    /// A record that must be there is not.
    case missing(String)

    /// What is wrong, for the log.
    public var description: String {
        switch self {
        case .outOfRange(let value): "the stored number \(value) is outside of the range of exact decimals"
        case .unknownCode(let code): "the stored code \"\(code)\" is not known to this version"
        case .missing(let what): "\(what) is missing"
        }
    }
}
