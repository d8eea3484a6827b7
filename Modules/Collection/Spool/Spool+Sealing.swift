import FoundationEssentials
import Glibc
public import PersonalData
public import ServiceKit

extension Spool {
    /// Opens the spool of a platform, with the keys of files where there are any.
    ///
    /// - Throws: ``SpoolError``; `ConfigurationError` when the file of keys is none.
    public init(in directories: PlatformDirectories) throws {
        let keys = try directories.keysFile.map { try MasterKeys.read($0, for: "directories.keysFile") }
        try self.init(directory: directories.data, keys: keys)
    }

    /// A kept file in the clear.
    ///
    /// - Returns: The file; its path is good as long as the result lives.
    /// - Throws: ``SpoolError/unknown(sha256:)`` when it is not there; ``SpoolError/sealed(sha256:reason:)`` when it cannot
    ///   be opened.
    public func open(_ sha256: String) async throws(SpoolError) -> KeptFile {
        let (plain, blanked) = (path(of: sha256), path(of: sha256) + Self.blankedSuffix)
        // The one that was written last: sealed after it was in the clear, blanked after it was whole.
        let places: [String] = [blanked + Self.sealedSuffix, blanked, plain, plain + Self.sealedSuffix]
        guard let sealed = places.first(where: { access($0, R_OK) == 0 }) else { throw .unknown(sha256: sha256) }
        let isBlanked = sealed.hasPrefix(blanked)
        guard sealed.hasSuffix(Self.sealedSuffix) else { return KeptFile(path: sealed, isBlanked: isBlanked) }
        guard let keys else {
            throw .sealed(sha256: sha256, reason: "directories.keysFile names no keys")
        }
        let source = Glibc.open(sealed, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else { throw .lastError("open", sealed) }
        defer { close(source) }
        let target = try makeNameless()
        let file = KeptFile(descriptor: target, isBlanked: isBlanked)
        try await BlockingCall.run { () throws(SpoolError) in
            try SealedFile.open(source, to: target, by: keys, sha256: sha256, isBlanked: isBlanked, path: sealed)
        }
        return file
    }

    /// Makes a file without a name, to write and to read: it is gone when it is closed.
    func makeNameless() throws(SpoolError) -> Int32 {
        let passing = passingPath
        let descriptor = Glibc.open(passing, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .lastError("make", passing) }
        unlink(passing)
        return descriptor
    }

    /// Puts a finished file in its place under a key of its own, and takes it away in the clear.
    func seal(_ file: SpooledFile, to target: String, by keys: MasterKeys) async throws(SpoolError) {
        let passing = passingPath
        try await BlockingCall.run { () throws(SpoolError) in
            let source = Glibc.open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard source >= 0 else { throw .lastError("open", file.path) }
            defer { close(source) }
            let descriptor = Glibc.open(passing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw .lastError("make", passing) }
            defer { close(descriptor) }
            do throws(SpoolError) {
                try SealedFile.seal(source, to: descriptor, by: keys, path: passing)
                guard fsync(descriptor) == 0 else { throw .lastError("synchronize", passing) }
                guard rename(passing, target + Self.sealedSuffix) == 0 else { throw .lastError("rename", passing) }
            } catch {
                unlink(passing)
                throw error
            }
            unlink(file.path)
        }
    }
}

extension MasterKeys {
    /// Reads keys from a file as `ceyuan keys new` makes it, which nobody but its owner may read.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - key: The configuration key that names it.
    /// - Returns: The keys.
    /// - Throws: `ConfigurationError`; the keys are never told.
    public static func read(_ path: String, for key: String) throws(ConfigurationError) -> MasterKeys {
        let bytes = try SecretFile.read(path, for: key)
        do throws(Failure) {
            return try MasterKeys(text: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw ConfigurationError(
                key: key,
                given: path,
                expected: "keys as “ceyuan keys new --output FILE” makes them; \(error)"
            )
        }
    }
}
