import DomainModel
import FoundationEssentials
import Glibc

/// The tokens that `ceyuan login` keeps for this user: one file with mode 0600.
///
/// It is `$CEYUAN_HOME/credentials.json`, else `$XDG_CONFIG_HOME/ceyuan/credentials.json`, else
/// `~/.config/ceyuan/credentials.json`.
struct Credentials: Codable {
    /// One token.
    struct Entry: Codable {
        /// The address that it was given for.
        let address: String
        /// Whose it is.
        let principal: String
        /// The secret.
        let token: String
        /// When it ends.
        let expiresAt: Instant?
    }

    /// All of them, the newest last.
    var entries: [Entry] = []

    /// The token for an address: the one that was given for it; on this machine, any one given on this machine, where
    /// services change their ports from start to start.
    func token(for address: String) -> String? {
        let match =
            entries.last { $0.address == address }
            ?? (Self.isLocal(address) ? entries.last { Self.isLocal($0.address) } : nil)
        return match?.token
    }

    /// The same without what was kept for an address.
    mutating func remove(_ address: String) {
        let isLocal = Self.isLocal(address)
        entries.removeAll { $0.address == address || (isLocal && Self.isLocal($0.address)) }
    }

    private static func isLocal(_ address: String) -> Bool {
        if address.hasPrefix("unix:") { return true }
        guard address.hasPrefix("http://") else { return false }
        let authority = address.dropFirst("http://".count).prefix { $0 != "/" }
        return authority.hasPrefix("[::1]") || ["127.0.0.1", "localhost"].contains(authority.prefix { $0 != ":" })
    }
}

extension Credentials {
    /// The file.
    static var path: String {
        if let home = Environment["CEYUAN_HOME"] { return "\(home)/credentials.json" }
        if let home = Environment["XDG_CONFIG_HOME"] { return "\(home)/ceyuan/credentials.json" }
        return "\(Environment["HOME"] ?? ".")/.config/ceyuan/credentials.json"
    }

    /// Reads the file; none is kept when it is absent.
    ///
    /// - Throws: ``Failure`` when others may read it, or when it is damaged.
    static func read() throws -> Credentials {
        var information = stat()
        guard stat(path, &information) == 0 else { return Credentials() }
        guard information.st_mode & 0o077 == 0 else {
            throw Failure(
                .local,
                "CREDENTIALS_OPEN",
                zh: "其他用户可以读取令牌文件 \(path)",
                en: "Other users may read the file of tokens \(path)",
                hint: LocalizedText(zh: "chmod 600 \(path)", en: "chmod 600 \(path)")
            )
        }
        do {
            return try JSONDecoder().decode(Credentials.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure(
                .local,
                "CREDENTIALS_DAMAGED",
                zh: "令牌文件 \(path) 无法读取",
                en: "The file of tokens \(path) cannot be read",
                hint: LocalizedText(zh: "删除它并重新 ceyuan login", en: "Remove it, and run ceyuan login again")
            )
        }
    }

    /// Writes the file at once, readable by this user alone.
    ///
    /// - Throws: ``Failure`` when it cannot be written.
    func write() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let (bytes, path, part) = (try encoder.encode(self), Self.path, "\(Self.path).\(getpid())")
        let folder = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritable(errno) }
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        let number = errno
        close(descriptor)
        guard count == bytes.count, rename(part, path) == 0 else {
            let reason = count == bytes.count ? errno : number
            unlink(part)
            throw Self.unwritable(reason)
        }
    }

    private static func unwritable(_ number: Int32) -> Failure {
        let reason = Failure.systemMessage(number)
        return Failure(
            .local,
            "CREDENTIALS_UNWRITABLE",
            zh: "无法写入令牌文件 \(path)：\(reason.zh)",
            en: "The file of tokens \(path) cannot be written: \(reason.en)",
            hint: LocalizedText(zh: "检查目录权限，或设置 CEYUAN_HOME", en: "Check the folder's permissions, or set CEYUAN_HOME")
        )
    }
}
