/// Why a request gave no result.
///
/// ``message(in:)`` is for people, in both languages; ``code`` is for programs
/// and for metric labels: it never holds a value of the request.
public enum PlatformClientError: Error, Sendable {
    /// The service could not be reached, or the connection broke.
    case transport(TransportFailure)
    /// The service answered with problem details: it understood, and says what is wrong.
    case problem(ProblemDetails)
    /// An answer of 400 or more without problem details: probably a proxy, or another program at this address.
    case unexpectedStatus(status: Int, address: String, excerpt: String)
    /// An answer whose body is not what was asked for.
    case undecodable(path: String, expected: String, reason: String)
    /// An answer longer than ``PlatformClient/Options/maximumReplyBytes``.
    case replyTooLong(path: String, limit: Int)
    /// A file of this machine could not be read or written.
    case file(path: String, doing: FileOperation, errno: Int32)
    /// An address that is none; see ``ServiceAddress``.
    case invalidAddress(String)

    /// What was done with a file when it failed.
    public enum FileOperation: String, Sendable {
        /// Opening or reading.
        case read
        /// Creating, writing or renaming.
        case write
    }

    /// The stable code: that of the problem, or one of this enumeration's own.
    public var code: String {
        switch self {
        case .transport(let failure): failure.code
        case .problem(let details): details.code
        case .unexpectedStatus: "CLIENT_STATUS_UNEXPECTED"
        case .undecodable: "CLIENT_REPLY_UNDECODABLE"
        case .replyTooLong: "CLIENT_REPLY_TOO_LONG"
        case .file(_, .read, _): "CLIENT_FILE_UNREADABLE"
        case .file(_, .write, _): "CLIENT_FILE_UNWRITABLE"
        case .invalidAddress: "CLIENT_ADDRESS_INVALID"
        }
    }
}

/// A request that got no whole answer.
public struct TransportFailure: Error, Sendable {
    /// What kind of failure it was.
    public enum Kind: String, Sendable {
        /// Nothing listens at the address: no request was sent.
        case refused = "CLIENT_CONNECTION_REFUSED"
        /// The host name is not known: no request was sent.
        case unknownHost = "CLIENT_HOST_UNKNOWN"
        /// A time limit passed.
        case timedOut = "CLIENT_TIMED_OUT"
        /// TLS could not be set up: certificate, name or version.
        case insecure = "CLIENT_TLS_FAILED"
        /// The connection ended before the answer did; the request may have had its effect.
        case broken = "CLIENT_CONNECTION_BROKEN"
        /// Anything else that libcurl names.
        case other = "CLIENT_TRANSPORT_FAILED"
    }

    /// What kind of failure it was.
    public let kind: Kind
    /// The address that was asked.
    public let address: String
    /// What libcurl says, in English.
    public let reason: String

    /// The stable code.
    public var code: String { kind.rawValue }

    /// Makes a failure.
    init(kind: Kind, address: String, reason: String) {
        self.kind = kind
        self.address = address
        self.reason = reason
    }
}
