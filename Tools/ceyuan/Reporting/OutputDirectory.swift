import DomainModel
import Glibc

/// A directory that files are saved in.
struct OutputDirectory {
    private let path: String

    /// Makes the directory, with those above it, if it is absent.
    ///
    /// - Throws: ``Failure`` when it cannot be made or is a file.
    init(_ path: String) throws {
        self.path = path
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part
            if mkdir(made, 0o777) != 0, errno != EEXIST { throw Self.unwritable(made, errno) }
            made += "/"
        }
        var information = stat()
        guard stat(path, &information) == 0 else { throw Self.unwritable(path, errno) }
        guard information.st_mode & S_IFMT == S_IFDIR else { throw Self.unwritable(path, ENOTDIR) }
    }

    /// Saves a file whole or not at all, unless it holds these bytes already.
    ///
    /// - Returns: The path, and whether the file was written.
    /// - Throws: ``Failure``.
    func save(_ bytes: [UInt8], as name: String) throws -> (path: String, isNew: Bool) {
        let file = file(name)
        if Self.read(file) == bytes { return (file, false) }
        let part = "\(file).part-\(getpid())"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Self.unwritable(file, errno) }
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + offset, bytes.count - offset) }
            if written < 0 {
                let number = errno
                if number == EINTR { continue }
                close(descriptor)
                unlink(part)
                throw Self.unwritable(file, number)
            }
            offset += written
        }
        guard close(descriptor) == 0, rename(part, file) == 0 else {
            let number = errno
            unlink(part)
            throw Self.unwritable(file, number)
        }
        return (file, true)
    }

    /// The path of a file; a slash in its name is written `_`.
    func file(_ name: String) -> String { "\(path)/\(name.replacing("/", with: "_"))" }

    private static func read(_ file: String) -> [UInt8]? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(information.st_size))
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress! + offset, $0.count - offset)
            }
            if count <= 0 { return nil }
            offset += count
        }
        return bytes
    }

    static func unwritable(_ path: String, _ number: Int32) -> Failure {
        let reason = Failure.systemMessage(number)
        return Failure(
            .local,
            "FILE_UNWRITABLE",
            zh: "无法写入：\(reason.zh)",
            en: "Cannot write: \(reason.en)",
            details: [(LocalizedText(zh: "位置", en: "where"), LocalizedText(zh: path, en: path))],
            hint: LocalizedText(
                zh: "用 -o 另选目录，或检查权限与磁盘空间",
                en: "Name another directory with -o, or check permissions and free space"
            )
        )
    }
}
