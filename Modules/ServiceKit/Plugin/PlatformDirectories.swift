/// The directories of a host, made before plugins are mounted.
public struct PlatformDirectories: Sendable {
    /// Files that must be kept: the bytes of submissions, by hash.
    public let data: String
    /// Files that arrive: on the same file system as `data`, so that a rename moves them there.
    public let spool: String
    /// The file of the keys that kept files are sealed with; `nil` where they are kept as they came.
    public let keysFile: String?

    /// Names two directories; nothing is made.
    public init(data: String, spool: String, keysFile: String? = nil) {
        self.data = data
        self.spool = spool
        self.keysFile = keysFile
    }
}
