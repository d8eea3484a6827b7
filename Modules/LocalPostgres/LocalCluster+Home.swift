import Glibc

/// The directory that really holds a cluster, and the account that owns it.
struct ClusterHome: Sendable {
    let path: String
    let account: ServerAccount

    var data: String { path + "/data" }
    var log: String { path + "/server.log" }
    var passwordFile: String { path + "/pgpass" }
    var endpointFile: String { path + "/endpoint" }
}

extension LocalCluster {
    /// The longest path of a Unix socket (`sun_path` less its final zero byte).
    static let longestSocketPath = 107

    /// The home as it stands, or nil when the cluster was never made.
    func existingHome() throws -> ClusterHome? {
        guard let path = resolved(configuration.directory) else {
            return nil
        }
        guard let owner = Files.status(path + "/data/PG_VERSION") else {
            return nil
        }
        return ClusterHome(path: path, account: try ServerAccount.choose(dataOwner: owner))
    }

    /// The home, made if absent.
    ///
    /// Root's server runs as another user, who may not be able to reach the directory asked for (below `/root`, in a
    /// clone of mode 0700). Then the home is under `/var/lib/ceyuan`, or `/tmp`, with a symbolic link from the place
    /// asked for. The link is the truth: a clone without one never meets the data of an earlier clone.
    func makeHome() async throws -> ClusterHome {
        if let home = try existingHome() {
            return home
        }
        let asked = configuration.directory
        if Files.isLink(asked), resolved(asked) == nil {
            unlink(asked)
        }
        if let path = resolved(asked) {
            let account = try ServerAccount.choose(dataOwner: nil)
            if account.owns(path), await account.canEnter(path) {
                return ClusterHome(path: path, account: account)
            }
            guard rmdir(asked) == 0 else {
                throw LocalPostgresError(
                    .unusableDirectory,
                    "\(asked) is not empty and user \(account.userID), who runs the server for root, cannot reach it."
                        + " Move its files away or choose another directory.",
                    zh: "\(asked) 不为空，且代 root 运行服务器的用户 \(account.userID) 无法进入。请移走其中文件或换一个目录。"
                )
            }
        }
        let account = try ServerAccount.choose(dataOwner: nil)
        try Files.makeDirectory(Files.parent(of: asked), mode: 0o755)
        try Files.makeDirectory(asked, mode: 0o700)
        if account.owns(asked), await account.canEnter(asked) {
            return ClusterHome(path: resolved(asked) ?? asked, account: account)
        }
        rmdir(asked)
        for base in ["/var/lib/ceyuan", "/tmp"] {
            if let path = await makeRefuge(in: base, account: account) {
                guard symlink(path, asked) == 0 else {
                    throw Files.unusable(asked)
                }
                return ClusterHome(path: path, account: account)
            }
        }
        throw Files.unusable(asked)
    }

    private func makeRefuge(in base: String, account: ServerAccount) async -> String? {
        guard (try? Files.makeDirectory(base, mode: 0o755)) != nil else {
            return nil
        }
        let stem = (base == "/tmp" ? "/tmp/ceyuan-" : base + "/") + Files.shortName(of: configuration.directory)
        for number in 1...1000 {
            let path = number == 1 ? stem : "\(stem)-\(number)"
            if mkdir(path, 0o700) == 0 {
                if account.owns(path), await account.canEnter(path) {
                    return path
                }
                rmdir(path)
                return nil
            }
            guard errno == EEXIST else {
                return nil
            }
        }
        return nil
    }

    /// The socket's directory: as configured, else `run` in the home, else a short one in `/tmp`.
    func makeSocketDirectory(in home: ClusterHome) throws -> String {
        let natural = configuration.socketDirectory ?? home.path + "/run"
        let path =
            Self.fitsSocket(natural) ? natural : "/tmp/ceyuan-\(Files.shortName(of: home.path))-run"
        if !Files.isDirectory(path) {
            try Files.makeDirectory(path, mode: 0o700)
            guard home.account.owns(path) else {
                throw Files.unusable(path)
            }
        }
        // In /tmp somebody else may have been there first; trust is by this directory's mode, so look.
        guard let status = Files.status(path, followingLinks: configuration.socketDirectory != nil),
            status.st_mode & S_IFMT == S_IFDIR, status.st_uid == home.account.userID, status.st_mode & 0o077 == 0
        else {
            throw LocalPostgresError(
                .unusableDirectory,
                "The socket directory \(path) must be a directory of user \(home.account.userID) with mode 0700."
                    + " Remove it or name another one.",
                zh: "套接字目录 \(path) 必须属于用户 \(home.account.userID) 且权限为 0700。请删除它或另指定目录。"
            )
        }
        return path
    }

    static func fitsSocket(_ directory: String) -> Bool {
        directory.utf8.count + "/.s.PGSQL.65535.lock".utf8.count <= longestSocketPath
    }

    private func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else {
            return nil
        }
        defer { free(real) }
        return String(cString: real)
    }
}

extension ServerAccount {
    /// True when the account can enter the directory and write there.
    func canEnter(_ directory: String) async -> Bool {
        guard isForeign else {
            return access(directory, R_OK | W_OK | X_OK) == 0
        }
        let outcome = try? await PostgresBinaries.run(
            "/bin/sh",
            ["-c", #"cd "$1" && [ -w . ] && [ -r . ]"#, "sh", directory],
            as: self
        )
        return outcome?.succeeded ?? false
    }
}
