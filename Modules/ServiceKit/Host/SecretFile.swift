import Glibc
import SystemPackage

/// Reads small secrets from files that only their owner may read.
public enum SecretFile {
    /// The bytes of a file.
    ///
    /// A systemd credential may be readable by a group, since systemd guards the directory.
    ///
    /// - Parameters:
    ///   - path: The file, of 1 KiB at most.
    ///   - key: The configuration key that names it.
    /// - Returns: The bytes.
    /// - Throws: ``ConfigurationError``; the content is never told.
    public static func read(_ path: String, for key: String) throws(ConfigurationError) -> [UInt8] {
        func failure(_ expected: String) -> ConfigurationError {
            ConfigurationError(key: key, given: path, expected: expected)
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
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw failure("a file that can be read (\(systemMessage(errno)))") }
        return Array(bytes[..<count])
    }
}
