/// The directories of a host, made before plugins are mounted.
public struct PlatformDirectories: Sendable {
    /// Files that must be kept: the bytes of submissions, by hash.
    public let data: String
    /// Files that arrive: on the same file system as `data`, so that a rename moves them there.
    public let spool: String

    /// Names two directories; nothing is made.
    public init(data: String, spool: String) {
        self.data = data
        self.spool = spool
    }
}
