/// What stopped a private cluster from being set up, started, stopped or asked.
///
/// `description` is English, then Chinese; both say what is wrong, where, and how to mend it. ``code`` is stable and
/// can be matched by programs.
public struct LocalPostgresError: Error, Sendable, CustomStringConvertible {
    /// The stable kind of a ``LocalPostgresError``.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The spelling that programs match, such as `binaries-missing`.
        public let rawValue: String

        /// A PostgreSQL program was not found on this machine.
        public static let binariesMissing = Code(rawValue: "binaries-missing")
        /// The programs found are too old, or do not fit the version of the existing data.
        public static let versionMismatch = Code(rawValue: "version-mismatch")
        /// No unprivileged system user was found to run the server for root.
        public static let noServerAccount = Code(rawValue: "no-server-account")
        /// The directory asked for cannot be used.
        public static let unusableDirectory = Code(rawValue: "unusable-directory")
        /// The fixed port asked for is taken by another program.
        public static let portInUse = Code(rawValue: "port-in-use")
        /// Another process is working on the same cluster and did not finish in time.
        public static let locked = Code(rawValue: "locked")
        /// `initdb` failed.
        public static let initialisationFailed = Code(rawValue: "initialisation-failed")
        /// The server did not start.
        public static let startFailed = Code(rawValue: "start-failed")
        /// The server did not stop.
        public static let stopFailed = Code(rawValue: "stop-failed")
        /// The server runs but a first command failed (such as creating the database).
        public static let commandFailed = Code(rawValue: "command-failed")

        /// The raw spelling.
        public var description: String { rawValue }
    }

    /// The stable kind of the error.
    public let code: Code
    /// What happened and how to mend it, in English.
    public let message: String
    /// What happened and how to mend it, in Chinese (中文说明).
    public let messageInChinese: String
    /// The last lines that the failing program or the server's log printed, if any.
    public let output: String?

    init(_ code: Code, _ message: String, zh: String, output: String? = nil) {
        self.code = code
        self.message = message
        self.messageInChinese = zh
        self.output = output.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// English, Chinese, then the program's own words.
    public var description: String {
        var text = "\(message)\n\(messageInChinese)"
        if let output {
            text += "\n\(output)"
        }
        return text
    }
}
