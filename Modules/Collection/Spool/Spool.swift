import FoundationEssentials
import Glibc
public import PersonalData

/// Keeps submitted files under the SHA-256 of their bytes: `ab/cdef…` below one directory.
///
/// A file is there once however often it was sent, and whole or not at all: it is written beside its place under a
/// passing name, brought to the disk, and renamed. Several processes may share a directory.
public struct Spool: Sendable {
    /// The directory, which only its owner may enter.
    public let directory: String
    /// What files that arrive are sealed with; without them they are kept as they came.
    let keys: MasterKeys?

    /// What the names of sealed files end with.
    static let sealedSuffix = ".sealed"
    /// What the names of files end with whose rows were blanked, before that.
    static let blankedSuffix = ".blanked"
    /// What passing names begin with.
    private static let incoming = "incoming-"
    /// Passing files without a write for so many seconds belong to nobody any more.
    private static let abandonedAfter: TimeInterval = 86_400

    /// Opens a spool, makes its directory where there is none, and removes what an interrupted upload has left.
    ///
    /// - Parameters:
    ///   - directory: The directory.
    ///   - keys: What files that arrive from now on are sealed with.
    /// - Throws: ``SpoolError/refused(act:path:errno:)`` when the directory cannot be made or written to.
    public init(directory: String, keys: MasterKeys? = nil) throws(SpoolError) {
        self.directory = directory
        self.keys = keys
        try Self.makeDirectory(directory)
        guard access(directory, W_OK | X_OK) == 0 else { throw .lastError("write to", directory) }
        removeAbandoned()
    }

    /// Begins a file.
    ///
    /// - Parameter limit: The most bytes it may have.
    /// - Returns: What takes its bytes.
    /// - Throws: ``SpoolError/refused(act:path:errno:)``.
    public func begin(limit: Int64) throws(SpoolError) -> SpoolWriter {
        let path = passingPath
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .lastError("make", path) }
        return SpoolWriter(descriptor: descriptor, path: path, limit: limit)
    }

    /// Puts a finished file in its place, where it stays. A file of which rows were blanked since stays as it is now.
    public func keep(_ file: SpooledFile) async throws(SpoolError) {
        if isBlanked(file.sha256) { return discard(file) }
        let target = path(of: file.sha256)
        let folder = String(target.prefix(directory.utf8.count + 3))
        try Self.makeDirectory(folder)
        if let keys {
            try await seal(file, to: target, by: keys)
        } else if rename(file.path, target) != 0 {
            throw .lastError("rename", file.path)
        }
        try await BlockingCall.run { () throws(SpoolError) in
            try Self.synchronizeDirectory(folder)
        }
        // Somebody may have blanked it meanwhile, and taken away what was there then.
        if isBlanked(file.sha256) { removeWhole(file.sha256) }
    }

    /// Removes a finished file that is not kept.
    public func discard(_ file: SpooledFile) {
        unlink(file.path)
    }

    /// A name that nobody else uses, beside the places of files.
    var passingPath: String {
        "\(directory)/\(Self.incoming)\(String(UInt64.random(in: .min ... .max), radix: 36))"
    }

    /// Where a file stands once it is kept in the clear.
    ///
    /// - Parameter sha256: 64 hexadecimal digits, lower case.
    /// - Returns: Its path, whether it is there or not.
    public func path(of sha256: String) -> String {
        "\(directory)/\(sha256.prefix(2))/\(sha256.dropFirst(2))"
    }

    private func removeAbandoned() {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: directory)) ?? [] where name.hasPrefix(Self.incoming) {
            let path = "\(directory)/\(name)"
            guard let written = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date,
                -written.timeIntervalSinceNow > Self.abandonedAfter
            else { continue }
            unlink(path)
        }
    }

    private static func makeDirectory(_ path: String) throws(SpoolError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw .lastError("make", path)
        }
        try makeDirectory(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .lastError("make", path) }
    }

    static func synchronizeDirectory(_ path: String) throws(SpoolError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .lastError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .lastError("synchronize", path) }
    }
}
