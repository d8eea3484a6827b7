import Glibc
public import Tabular

extension Spool {
    /// Blanks rows of a kept file, see ``RowBlanker``: it is written anew beside its place, brought to the disk, and takes
    /// the place of the file as it was sent, which is removed. It stays under the digest of that one.
    ///
    /// May be ended anywhere and begun again; two at once for one file would undo each other's work.
    ///
    /// - Parameters:
    ///   - sha256: The file as it was sent.
    ///   - format: How it is written.
    ///   - lines: The lines that the rows begin in; those that are blank already stay so.
    /// - Throws: ``SpoolError``; `TabularReader.FileFailure`.
    public func blank(_ sha256: String, _ format: TabularFormat, lines: Set<Int>) async throws {
        let file = try await open(sha256)
        defer { withExtendedLifetime(file) {} }
        let path = file.path
        try await BlockingCall.run { () throws in
            try blank(path, sha256, format, lines)
        }
    }

    /// Whether rows of a file were blanked.
    func isBlanked(_ sha256: String) -> Bool {
        let blanked = path(of: sha256) + Self.blankedSuffix
        return access(blanked + Self.sealedSuffix, F_OK) == 0 || access(blanked, F_OK) == 0
    }

    /// Removes a file as it was sent.
    func removeWhole(_ sha256: String) {
        unlink(path(of: sha256))
        unlink(path(of: sha256) + Self.sealedSuffix)
    }

    private func blank(_ path: String, _ sha256: String, _ format: TabularFormat, _ lines: Set<Int>) throws {
        let blanker = try RowBlanker(lines, in: path, format)
        let source = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw SpoolError.lastError("open", path) }
        defer { close(source) }
        let passing = passingPath
        let target = Glibc.open(passing, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard target >= 0 else { throw SpoolError.lastError("make", passing) }
        defer { close(target) }
        let blanked = self.path(of: sha256) + Self.blankedSuffix
        do {
            if let keys {
                let clear = try makeNameless()
                defer { close(clear) }
                try Self.copy(source, to: clear, through: blanker, path)
                guard lseek(clear, 0, SEEK_SET) == 0 else { throw SpoolError.lastError("read", path) }
                try SealedFile.seal(clear, to: target, by: keys, blanked: sha256, path: passing)
            } else {
                try Self.copy(source, to: target, through: blanker, path)
            }
            guard fsync(target) == 0 else { throw SpoolError.lastError("synchronize", passing) }
            guard rename(passing, blanked + (keys == nil ? "" : Self.sealedSuffix)) == 0 else {
                throw SpoolError.lastError("rename", passing)
            }
        } catch {
            unlink(passing)
            throw error
        }
        let folder = String(blanked.prefix(directory.utf8.count + 3))
        try Self.synchronizeDirectory(folder)
        // One that was blanked in the clear, before there were keys.
        if keys != nil { unlink(blanked) }
        removeWhole(sha256)
        try Self.synchronizeDirectory(folder)
    }

    private static func copy(
        _ source: Int32,
        to target: Int32,
        through blanker: consuming RowBlanker,
        _ path: String
    ) throws(SpoolError) {
        let (source, target) = (Descriptor(source, path), Descriptor(target, path))
        while true {
            let piece = try source.read(1 << 18)
            var result: [UInt8] = []
            result.reserveCapacity(piece.count)
            blanker.pass(piece, to: &result)
            try target.write(result)
            if piece.isEmpty { return }
        }
    }
}
