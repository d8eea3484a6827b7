import Glibc

extension LocalCluster {
    /// Where a cluster lives and how its server is set.
    public struct Configuration: Sendable {
        /// Which TCP port the server listens on.
        public enum Port: Sendable, Hashable {
            /// No TCP at all: the Unix socket only.
            case socketOnly
            /// A free port of 127.0.0.1, chosen at the first start and kept for as long as it stays free.
            case free
            /// This port of 127.0.0.1; starting fails with `port-in-use` when another program has it.
            case fixed(UInt16)
        }

        /// How long the server lives.
        public enum Lifetime: Sendable, Hashable {
            /// Until ``LocalCluster/down()``: it outlives the process that started it.
            case detached
            /// Until the process that started it ends, *however* it ends (return, crash, `kill -9`). With
            /// `removingFiles`, the cluster's files go too, a second or two later: give every run a directory of its own.
            /// Made for tests and benchmarks.
            case tied(removingFiles: Bool)
        }

        /// The absolute path of the cluster's directory: data, socket, log and password are all below it.
        public var directory: String
        /// The directory of the Unix socket; nil means `<directory>/run`, or a short one in `/tmp` when that path
        /// would pass the kernel's limit of 107 bytes.
        public var socketDirectory: String?
        /// The TCP port. Default: ``Port/free``.
        public var port: Port
        /// False turns off every wait for the disk (`initdb --no-sync`, `fsync = off`): quick, and lost at a power cut.
        public var durable: Bool
        /// How long the server lives. Default: ``Lifetime/detached``.
        public var lifetime: Lifetime
        /// The superuser that `initdb` creates, and the owner of the database. Default: `ceyuan`.
        public var user: String
        /// The database that ``LocalCluster/up()`` makes sure of. Default: `ceyuan`.
        public var database: String
        /// Server settings that override or add to ``LocalCluster/settings``, in the words of `postgresql.conf`.
        public var settings: [String: String]
        /// The directory of `initdb`, `postgres`, `pg_ctl` and `psql`; nil means to look for them.
        public var binaries: String?
        /// The running cluster of which this one is a streaming replica; nil for a cluster of its own. Read when the
        /// files are made: the user, the databases and the passwords are then the primary's.
        public var upstream: Endpoint?

        /// Makes a configuration; everything but the directory has a default fit for a working installation.
        public init(
            directory: String,
            socketDirectory: String? = nil,
            port: Port = .free,
            durable: Bool = true,
            lifetime: Lifetime = .detached,
            user: String = "ceyuan",
            database: String = "ceyuan",
            settings: [String: String] = [:],
            binaries: String? = nil,
            upstream: Endpoint? = nil
        ) {
            self.directory = directory
            self.socketDirectory = socketDirectory
            self.port = port
            self.durable = durable
            self.lifetime = lifetime
            self.user = user
            self.database = database
            self.settings = settings
            self.binaries = binaries
            self.upstream = upstream
        }
    }

    /// The settings that the server will have, `Configuration.settings` included; the address settings are not among
    /// them since they belong to the start.
    public var settings: [String: String] {
        var settings = [
            "autovacuum": "on",
            "jit": "off",
            "log_timezone": "UTC",
            "max_connections": "100",
            "shared_buffers": "\(Self.sharedBuffers)MB",
            "timezone": "UTC",
        ]
        if configuration.durable {
            settings["fsync"] = "on"
            settings["wal_compression"] = "on"
            settings["max_wal_size"] = "4GB"
            settings["checkpoint_timeout"] = "15min"
        } else {
            settings["fsync"] = "off"
            settings["synchronous_commit"] = "off"
            settings["full_page_writes"] = "off"
            settings["max_wal_size"] = "4GB"
        }
        settings.merge(configuration.settings) { _, given in given }
        return settings
    }

    /// An eighth of the machine's memory, in megabytes: half of what a machine of the database alone would give it.
    ///
    /// Source: PostgreSQL documentation, §20.4.1, `shared_buffers`: a quarter is a reasonable beginning.
    private static var sharedBuffers: Int {
        let memory = max(0, sysconf(CInt(_SC_PHYS_PAGES))) * max(0, sysconf(CInt(_SC_PAGESIZE)))
        return min(2_048, max(128, memory / 8 / 1_048_576))
    }

    /// The content of the included `ceyuan.conf`.
    func settingsFile(listening addresses: String, port: UInt16, socketDirectory: String) -> String {
        var all = settings
        all["listen_addresses"] = addresses
        all["port"] = String(port)
        all["unix_socket_directories"] = socketDirectory
        all["unix_socket_permissions"] = "0700"
        let lines = all.sorted { $0.key < $1.key }.map { key, value in
            "\(key) = '\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
        }
        return "# Written anew at every start; give other values to `up` instead of editing.\n"
            + lines.joined(separator: "\n") + "\n"
    }
}
