import Glibc

/// The system user that the server runs as.
///
/// PostgreSQL refuses to run as root, so root hands it to the unprivileged `postgres`, or `nobody`; anybody else runs
/// it directly.
struct ServerAccount: Sendable, Equatable {
    let userID: uid_t
    let groupID: gid_t
    /// True when the calling process must change its user to run the server.
    let isForeign: Bool

    /// The account for a cluster whose data, if there are any, belong to `dataOwner`.
    static func choose(dataOwner: stat?) throws -> ServerAccount {
        guard geteuid() == 0 else {
            if let dataOwner, dataOwner.st_uid != geteuid() {
                throw LocalPostgresError(
                    .unusableDirectory,
                    "The cluster's data belong to user \(dataOwner.st_uid), not to you (\(geteuid()))."
                        + " Start it as that user or as root, or choose another directory.",
                    zh: "集群数据属于用户 \(dataOwner.st_uid)，而非当前用户（\(geteuid())）。请以该用户或 root 启动，或换一个目录。"
                )
            }
            return ServerAccount(userID: geteuid(), groupID: getegid(), isForeign: false)
        }
        if let dataOwner, dataOwner.st_uid != 0 {
            return ServerAccount(userID: dataOwner.st_uid, groupID: dataOwner.st_gid, isForeign: true)
        }
        for name in ["postgres", "nobody"] {
            if let account = lookUp(name) {
                return account
            }
        }
        throw LocalPostgresError(
            .noServerAccount,
            "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`."
                + " Create one (`adduser --system postgres`) or start as an ordinary user.",
            zh: "PostgreSQL 不能以 root 运行，而本机既无 postgres 用户也无 nobody 用户。请先创建（adduser --system postgres），或以普通用户启动。"
        )
    }

    private static func lookUp(_ name: String) -> ServerAccount? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 * 1024) { buffer in
            guard getpwnam_r(name, &entry, buffer.baseAddress!, buffer.count, &found) == 0, found != nil else {
                return nil
            }
            return ServerAccount(userID: entry.pw_uid, groupID: entry.pw_gid, isForeign: true)
        }
    }

    /// The program and arguments that run a program as this account.
    ///
    /// `setpriv` (util-linux, on every Debian) changes the user rather than the child between fork and exec: there the C
    /// library waits for threads that the fork has left behind, now and then for ever.
    func command(_ path: String, _ arguments: [String]) -> (path: String, arguments: [String]) {
        guard isForeign else {
            return (path, arguments)
        }
        let change = ["--reuid", "\(userID)", "--regid", "\(groupID)", "--clear-groups", "--", path]
        return ("/usr/bin/setpriv", change + arguments)
    }

    func owns(_ path: String) -> Bool { !isForeign || lchown(path, userID, groupID) == 0 }

    func owns(descriptor: CInt) -> Bool { !isForeign || fchown(descriptor, userID, groupID) == 0 }
}
