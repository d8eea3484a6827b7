import Glibc

/// How many files and sockets the process may have open at once.
///
/// Where none is left, a listening socket stays readable and cannot be accepted from: the loop would turn without an
/// end, and neither files nor connections to the database could be opened. So HTTP never takes them all.
struct OpenFiles: Sendable {
    /// As many as the system allows this process.
    let limit: Int

    /// Raises the limit to the highest that the system lets this process have; it stays as it is where that fails.
    ///
    /// Shells and systemd begin with 1,024 for the sake of `select`, which nothing here uses (systemd.exec(5),
    /// `LimitNOFILE=`).
    static func raised() -> OpenFiles {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var values = rlimit()
        guard getrlimit(resource, &values) == 0 else { return OpenFiles(limit: 1_024) }
        let soft = values.rlim_cur
        values.rlim_cur = values.rlim_max
        if setrlimit(resource, &values) != 0 { values.rlim_cur = soft }
        return OpenFiles(limit: Int(clamping: values.rlim_cur))
    }

    /// How many connections HTTP may take: half of what there is, since each may be sending a file that is written
    /// meanwhile, less what the process needs for itself.
    ///
    /// - Parameters:
    ///   - wanted: The most that the configuration asks for.
    ///   - database: The most connections to the database.
    /// - Returns: At least 8.
    func connections(wanted: Int, database: Int) -> Int {
        // Standard streams, event loops, spool, document bridge, what is asked of other servers.
        let own = 64 + database
        return min(wanted, max(8, (limit - own) / 2))
    }

    /// How many are open now; nil when the system does not say.
    static func count() -> Int? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // Itself, and the two entries that every directory has.
        return count - 3
    }
}
