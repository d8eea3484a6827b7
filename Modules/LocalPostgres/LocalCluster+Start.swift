import Glibc

extension LocalCluster {
    /// Runs `initdb` unless the data are there, into a scratch directory that is renamed when complete.
    func initialise(_ home: ClusterHome, binaries: PostgresBinaries) async throws {
        if let version = Files.read(home.data + "/PG_VERSION").flatMap({ Int($0.prefix { $0.isNumber }) }) {
            guard version == binaries.major else {
                throw LocalPostgresError(
                    .versionMismatch,
                    "\(home.data) was made by PostgreSQL \(version), but \(binaries.directory) is \(binaries.major)."
                        + " Install postgresql-\(version), or dump and load into a new directory.",
                    zh: "\(home.data) 由 PostgreSQL \(version) 创建，而 \(binaries.directory) 是 \(binaries.major)。"
                        + "请安装 postgresql-\(version)，或导出后导入新目录。"
                )
            }
            return
        }
        if let upstream = configuration.upstream {
            return try await copy(upstream, to: home, binaries: binaries)
        }
        let scratch = home.path + "/data.new"
        let password = home.path + "/password.new"
        Files.remove(scratch)
        let secret = Self.randomPassword()
        try Files.write(secret + "\n", to: password, mode: 0o600, owner: home.account)
        defer { unlink(password) }
        var arguments = [
            "-D", scratch, "-U", configuration.user, "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
            "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=\(password)",
        ]
        if !configuration.durable {
            arguments.append("--no-sync")
        }
        let outcome = try await binaries.run("initdb", arguments, as: home.account)
        guard outcome.succeeded else {
            Files.remove(scratch)
            throw LocalPostgresError(
                .initialisationFailed,
                "initdb failed in \(home.path).",
                zh: "initdb 在 \(home.path) 中失败。",
                output: outcome.error
            )
        }
        let settings = (Files.read(scratch + "/postgresql.conf") ?? "") + "\ninclude 'ceyuan.conf'\n"
        try Files.write(settings, to: scratch + "/postgresql.conf", mode: 0o600, owner: home.account)
        try Files.write(
            "*:*:*:\(configuration.user):\(secret)\n",
            to: home.passwordFile,
            mode: 0o600,
            owner: home.account
        )
        guard rename(scratch, home.data) == 0 else {
            throw Files.unusable(home.data)
        }
    }

    /// Starts the server and waits until it answers; a free port that was snatched away is chosen again.
    func start(_ home: ClusterHome, binaries: PostgresBinaries, socketDirectory: String) async throws -> Endpoint {
        var output = ""
        for attempt in 1...5 {
            let endpoint = Endpoint(
                socketDirectory: socketDirectory,
                port: try choosePort(keeping: attempt == 1 ? recordedEndpoint(home)?.port : nil),
                listensOnTCP: configuration.port != .socketOnly,
                user: configuration.user,
                database: configuration.database,
                passwordFile: home.passwordFile
            )
            let settings = settingsFile(
                listening: endpoint.listensOnTCP ? "127.0.0.1" : "",
                port: endpoint.port,
                socketDirectory: socketDirectory
            )
            try Files.write(settings, to: home.data + "/ceyuan.conf", mode: 0o600, owner: home.account)
            try Files.write(endpoint.record, to: home.endpointFile, mode: 0o600, owner: home.account)
            let outcome = try await binaries.run(
                "pg_ctl",
                ["start", "-D", home.data, "-l", home.log, "-w", "-t", "120", "-s"],
                as: home.account
            )
            if outcome.succeeded {
                return endpoint
            }
            output = Files.tail(home.log)
            let portWasTaken = endpoint.listensOnTCP && !LoopbackPort.isFree(endpoint.port)
            guard configuration.port == .free, portWasTaken else {
                break
            }
        }
        throw LocalPostgresError(
            .startFailed,
            "The server in \(home.path) did not start; the end of its log (\(home.log)) follows.",
            zh: "\(home.path) 中的服务器未能启动；以下是日志（\(home.log)）末尾。",
            output: output
        )
    }

    private func choosePort(keeping last: UInt16?) throws -> UInt16 {
        switch configuration.port {
        case .socketOnly:
            return 5432
        case .fixed(let port):
            guard LoopbackPort.isFree(port) else {
                throw LocalPostgresError(
                    .portInUse,
                    "Port \(port) of 127.0.0.1 is taken by another program. End it or choose another port.",
                    zh: "127.0.0.1 的端口 \(port) 已被其他程序占用。请结束该程序或换一个端口。"
                )
            }
            return port
        case .free:
            if let last, LoopbackPort.isFree(last) {
                return last
            }
            guard let port = LoopbackPort.chooseFree() else {
                throw Files.unusable("127.0.0.1")
            }
            return port
        }
    }

    /// Removes lock files whose process is not this cluster's server; PostgreSQL itself keeps them when a number was
    /// given to another process in the meantime.
    func removeStaleLocks(_ home: ClusterHome, socketDirectory: String) {
        guard serverProcess(of: home) == nil else {
            return
        }
        unlink(home.data + "/postmaster.pid")
        guard socketDirectory.hasPrefix(home.path + "/"), let port = recordedEndpoint(home)?.port else {
            return
        }
        unlink("\(socketDirectory)/.s.PGSQL.\(port).lock")
        unlink("\(socketDirectory)/.s.PGSQL.\(port)")
    }

    /// Creates the database unless it is there; a replica has its primary's.
    func ensureDatabase(_ endpoint: Endpoint, binaries: PostgresBinaries, home: ClusterHome) async throws {
        guard configuration.upstream == nil else {
            return
        }
        let name = configuration.database
        let maintenance = endpoint.connectionString(database: "postgres")
        let quotedIdentifier = Self.doubling("\"", in: name)
        let quotedLiteral = Self.doubling("'", in: name)
        let found = try await binaries.run(
            "psql",
            ["-XAtq", "-d", maintenance, "-c", "SELECT 1 FROM pg_database WHERE datname = \(quotedLiteral)"],
            as: home.account
        )
        if found.succeeded, found.output == "1" {
            return
        }
        let made = try await binaries.run(
            "psql",
            ["-XAtq", "-d", maintenance, "-c", "CREATE DATABASE \(quotedIdentifier)"],
            as: home.account
        )
        guard made.succeeded else {
            throw LocalPostgresError(
                .commandFailed,
                "The database \(name) could not be created.",
                zh: "无法创建数据库 \(name)。",
                output: made.error
            )
        }
    }

    private static func doubling(_ quote: String, in text: String) -> String {
        quote + text.split(separator: quote, omittingEmptySubsequences: false).joined(separator: quote + quote) + quote
    }

    private static func randomPassword() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        var generator = SystemRandomNumberGenerator()
        return String((0..<32).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    }
}
