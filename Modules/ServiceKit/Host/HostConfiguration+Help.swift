extension HostConfiguration {
    /// Every key as `--help` prints it: key, default, meaning.
    static let keys: [(key: String, fallback: String, meaning: String)] = [
        ("listen.host", "127.0.0.1", "address to listen on"),
        ("listen.port", "see above", "0…65535; 0 takes a free port"),
        ("listen.socket", "none", "Unix socket to listen on instead; up to 107 bytes"),
        ("addressFile", "none", "file that gets the address once the host listens"),
        ("database.url", "libpq's own", "connection string (URI or key=value)"),
        ("database.connections", "10", "2…500: connections at most"),
        ("database.statementTimeoutSeconds", "0", "0…86400; 0 sets no limit"),
        ("database.allowPrivilegedRole", "false", "whether row-level security need not apply to the role"),
        ("directories.data", "data", "files that are kept"),
        ("directories.minimumFreeMegabytes", "256", "free space under which the host is not ready"),
        ("directories.spool", "DATA/spool", "files that arrive"),
        ("http.answersKeptHours", "24", "1…8760: how long the answer to an idempotency key is kept"),
        ("http.bodyBytes", "1048576", "longest body of routes that set no limit themselves"),
        ("http.bodyGraceSeconds", "10", "1…3600: waiting for a body that is granted before its rate counts"),
        ("http.bodyRate", "500", "bytes a second that a body must come at; 0 asks for none"),
        ("http.compressionBytes", "1024", "shortest answer that is packed with zstd or gzip"),
        ("http.concurrency", "512", "1…100000: requests worked on at once; more get 503"),
        ("http.connections", "4096", "1…1000000: open connections; more wait"),
        ("http.corsOrigins", "none", "origins whose pages may use the API, commas between them; * allows all"),
        ("http.headerBytes", "32768", "1024…1048576: longest header"),
        ("http.headerSeconds", "10", "1…3600: longest time from a header's first byte to its last"),
        ("http.idleSeconds", "75", "1…86400: silence after which a connection is closed"),
        ("http.inflationRatio", "200", "bytes that may come of one of a packed body, after 1 MiB"),
        ("http.rateBurst", "200", "requests of one identity at once"),
        ("http.ratePerSecond", "0", "requests of one identity a second; 0 sets no limit"),
        ("http.requestSeconds", "120", "time to answer after the body's last piece; 0 sets no limit"),
        ("identity.cacheMilliseconds", "2000", "0…60000: how long a revoked token may still pass"),
        ("identity.oidc.issuer", "none", "OpenID provider whose tokens are taken: their iss"),
        ("identity.oidc.audience", "none", "what must stand in their aud"),
        ("identity.oidc.jwksUrl", "none", "address of the provider's key set"),
        ("identity.oidc.jwksFile", "none", "file with the key set instead"),
        ("identity.oidc.claim", "sub", "claim that is compared with the subject of users"),
        ("identity.oidc.leewaySeconds", "60", "0…300: how far clocks may differ"),
        ("identity.publicMetrics", "true", "whether /metrics answers without a token"),
        ("jobs.enabled", "true", "whether this process works on jobs"),
        ("jobs.pollMilliseconds", "250", "10…3600000: how often the queue is looked at"),
        ("jobs.drainSeconds", "20", "0…3600: how long jobs may go on after a signal"),
        ("jobs.keptDays", "30", "1…36500: how long jobs that are over are kept"),
        ("events.keptDays", "90", "1…36500: how long events stay in the feed"),
        ("audit.keyFile", "none", "file of mode 0600 with the key that signs the audit trail"),
        ("log.level", "info", "trace, debug, info, notice, warning, error, critical"),
        ("log.format", "text", "text, json"),
        ("shutdown.delaySeconds", "0", "0…3600: not ready, but still listening, after a signal"),
        ("shutdown.graceSeconds", "30", "1…3600: all is cancelled when this has passed after a signal"),
    ]

    /// The keys in columns.
    static var help: String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        return keys.map { "  \(padded($0.key, 34))\(padded($0.fallback, 14))\($0.meaning)" }.joined(separator: "\n")
    }
}
