import AuditTrail
import Glibc
import SystemPackage

extension AuditKey {
    /// Reads the key from a file that only its owner may read.
    ///
    /// - Parameter path: A file as `ceyuan audit key --output` makes it. A systemd credential may be readable by a group,
    ///   since systemd guards the directory.
    /// - Throws: ``ConfigurationError``; the content is never told.
    init(file path: String) throws {
        func failure(_ expected: String) -> ConfigurationError {
            ConfigurationError(key: "audit.keyFile", given: path, expected: expected)
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("a file that can be read (\(systemMessage(errno)))") }
        defer { close(descriptor) }
        guard let status = try? Stat(FileDescriptor(rawValue: descriptor)), status.type == .regular else {
            throw failure("an ordinary file")
        }
        let isCredential = environment()["CREDENTIALS_DIRECTORY"].map { path.hasPrefix("\($0)/") } ?? false
        guard status.permissions.rawValue & (isCredential ? 0o037 : 0o077) == 0 else {
            throw failure("a file that nobody but its owner may read: chmod 600")
        }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0, let key = AuditKey(text: String(decoding: bytes[..<count], as: UTF8.self)) else {
            throw failure("a key as “ceyuan audit key --output FILE” makes it")
        }
        self = key
    }
}
