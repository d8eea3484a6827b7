import FoundationEssentials
import Glibc

/// The few file-system acts that the cluster needs, with the kernel's own words when one fails.
enum Files {
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Owner, group, permission bits and kind of what stands at the path itself (links are not followed).
    static func status(_ path: String, followingLinks: Bool = false) -> stat? {
        var status = stat()
        return (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 ? status : nil
    }

    static func isDirectory(_ path: String) -> Bool {
        status(path, followingLinks: true).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    static func isLink(_ path: String) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false }

    static func makeDirectory(_ path: String, mode: mode_t) throws {
        let parent = parent(of: path)
        if parent != path, !isDirectory(parent) {
            try makeDirectory(parent, mode: 0o755)
        }
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw unusable(path)
        }
    }

    static func read(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file anew with exactly this mode, owned by the account.
    static func write(_ text: String, to path: String, mode: mode_t, owner: ServerAccount) throws {
        let scratch = path + ".new"
        unlink(scratch)
        let descriptor = open(scratch, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            throw unusable(scratch)
        }
        defer { close(descriptor) }
        var text = text
        let written = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count }
        guard written, fchmod(descriptor, mode) == 0, owner.owns(descriptor: descriptor), rename(scratch, path) == 0
        else {
            throw unusable(path)
        }
    }

    static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            return "/"
        }
        return String(path[..<slash])
    }

    /// The last lines of a text file, for an error message.
    static func tail(_ path: String, lines: Int = 20) -> String {
        (read(path) ?? "").split(separator: "\n").suffix(lines).joined(separator: "\n")
    }

    static func unusable(_ path: String) -> LocalPostgresError {
        let reason = String(cString: strerror(errno))
        return LocalPostgresError(
            .unusableDirectory,
            "\(path) cannot be used: \(reason). Choose a directory that you may write to.",
            zh: "无法使用 \(path)：\(reason)。请换一个可写的目录。"
        )
    }

    /// FNV-1a, 64 bits: short stable names for long paths. Not for secrets.
    static func shortName(of path: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 36)
    }
}
