import Glibc

extension LocalCluster {
    /// Makes the data of a streaming replica from its running primary, with `pg_basebackup`.
    ///
    /// The copy brings the primary's `postgresql.conf`, which includes `ceyuan.conf`; that is written anew at the start.
    func copy(_ upstream: Endpoint, to home: ClusterHome, binaries: PostgresBinaries) async throws {
        let scratch = home.path + "/data.new"
        Files.remove(scratch)
        var arguments = [
            "-d", upstream.connectionString, "-D", scratch, "--write-recovery-conf", "--wal-method=stream",
            "--checkpoint=fast",
        ]
        if !configuration.durable {
            arguments.append("--no-sync")
        }
        let outcome = try await binaries.run("pg_basebackup", arguments, as: home.account)
        guard outcome.succeeded else {
            Files.remove(scratch)
            throw LocalPostgresError(
                .initialisationFailed,
                "pg_basebackup failed in \(home.path). The primary must run, with wal_level = replica and a free"
                    + " wal sender.",
                zh: "pg_basebackup 在 \(home.path) 中失败。主库须在运行，且 wal_level = replica 并有空闲的 wal sender。",
                output: outcome.error
            )
        }
        try Files.write(
            Files.read(upstream.passwordFile) ?? "",
            to: home.passwordFile,
            mode: 0o600,
            owner: home.account
        )
        guard rename(scratch, home.data) == 0 else {
            throw Files.unusable(home.data)
        }
    }
}
