extension HostConfiguration {
    /// Every key of the host itself.
    static let keys: [Setting] = [
        Setting("listen.host", default: "127.0.0.1", "address to listen on"),
        Setting("listen.port", default: "see above", "0…65535; 0 takes a free port"),
        Setting("listen.socket", default: "none", "Unix socket to listen on instead; up to 107 bytes"),
        Setting("addressFile", default: "none", "file that gets the address once the host listens"),
        Setting("database.url", default: "libpq's own", "connection string (URI or key=value)", isSecret: true),
        Setting("database.connections", default: "10", "2…500: connections at most"),
        Setting("database.statementTimeoutSeconds", default: "0", "0…86400; 0 sets no limit"),
        Setting(
            "database.allowPrivilegedRole",
            default: "false",
            "whether row-level security need not apply to the role"
        ),
        Setting("directories.data", default: "data", "files that are kept"),
        Setting("directories.keysFile", default: "none", "keys that files are kept sealed with; never take one out"),
        Setting("directories.minimumFreeMegabytes", default: "256", "free space under which the host is not ready"),
        Setting("directories.spool", default: "DATA/spool", "files that arrive"),
        Setting("http.answersKeptHours", default: "24", "1…8760: how long the answer to an idempotency key is kept"),
        Setting("http.bodyBytes", default: "1048576", "longest body of routes that set no limit themselves"),
        Setting(
            "http.bodyGraceSeconds",
            default: "10",
            "1…3600: waiting for a body that is granted before its rate counts"
        ),
        Setting("http.bodyRate", default: "500", "bytes a second that a body must come at; 0 asks for none"),
        Setting("http.compressionBytes", default: "1024", "shortest answer that is packed with zstd or gzip"),
        Setting("http.concurrency", default: "512", "1…100000: requests worked on at once; more get 503"),
        Setting("http.connections", default: "4096", "1…1000000: open connections; more wait"),
        Setting(
            "http.corsOrigins",
            default: "none",
            "origins whose pages may use the API, commas between them; * allows all"
        ),
        Setting("http.headerBytes", default: "32768", "1024…1048576: longest header"),
        Setting("http.headerSeconds", default: "10", "1…3600: longest time from a header's first byte to its last"),
        Setting("http.idleSeconds", default: "75", "1…86400: silence after which a connection is closed"),
        Setting("http.inflationRatio", default: "200", "bytes that may come of one of a packed body, after 1 MiB"),
        Setting("http.rateBurst", default: "200", "requests of one identity at once"),
        Setting("http.ratePerSecond", default: "0", "requests of one identity a second; 0 sets no limit"),
        Setting("http.requestSeconds", default: "120", "time to answer after the body's last piece; 0 sets no limit"),
        Setting("identity.cacheMilliseconds", default: "2000", "0…60000: how long a revoked token may still pass"),
        Setting("identity.oidc.issuer", default: "none", "OpenID provider whose tokens are taken: their iss"),
        Setting("identity.oidc.audience", default: "none", "what must stand in their aud"),
        Setting("identity.oidc.jwksUrl", default: "none", "address of the provider's key set"),
        Setting("identity.oidc.jwksFile", default: "none", "file with the key set instead"),
        Setting("identity.oidc.claim", default: "sub", "claim that is compared with the subject of users"),
        Setting("identity.oidc.leewaySeconds", default: "60", "0…300: how far clocks may differ"),
        Setting("identity.publicMetrics", default: "true", "whether /metrics answers without a token"),
        Setting("jobs.enabled", default: "true", "whether this process works on jobs"),
        Setting("jobs.pollMilliseconds", default: "250", "10…3600000: how often the queue is looked at"),
        Setting("jobs.drainSeconds", default: "20", "0…3600: how long jobs may go on after a signal"),
        Setting("jobs.keptDays", default: "30", "1…36500: how long jobs that are over are kept"),
        Setting("events.keptDays", default: "90", "1…36500: how long events stay in the feed"),
        Setting("audit.keyFile", default: "none", "file of mode 0600 with the key that signs the audit trail"),
        Setting("log.level", default: "info", "trace, debug, info, notice, warning, error, critical"),
        Setting("log.format", default: "text", "text, json"),
        Setting("shutdown.delaySeconds", default: "0", "0…3600: not ready, but still listening, after a signal"),
        Setting("shutdown.graceSeconds", default: "30", "1…3600: all is cancelled when this has passed after a signal"),
    ]

    /// Keys in columns: key, default, meaning.
    static func help(_ settings: [Setting]) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        return settings.map { "  \(padded($0.key, 41))\(padded($0.fallback, 14))\($0.meaning)" }
            .joined(separator: "\n")
    }
}
