import Glibc

/// Why a submitted file cannot be kept or read.
public enum SpoolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file is larger than the limit, in bytes.
    case tooLarge(limit: Int64)
    /// The file system refuses: what was tried, on what, and the system's error number.
    case refused(act: String, path: String, errno: Int32)
    /// No file with this SHA-256 is kept.
    case unknown(sha256: String)
    /// The file is sealed, and cannot be opened for this reason.
    case sealed(sha256: String, reason: String)

    /// What is wrong, for the log.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "the file is larger than \(limit) bytes"
        case .refused(let act, let path, let errno): "cannot \(act) \(path): \(String(cString: strerror(errno)))"
        case .unknown(let sha256): "no file with SHA-256 \(sha256) is kept"
        case .sealed(let sha256, let reason): "the file with SHA-256 \(sha256) cannot be opened: \(reason)"
        }
    }

    static func lastError(_ act: String, _ path: String) -> SpoolError {
        .refused(act: act, path: path, errno: errno)
    }
}
