import Glibc

/// Files of a directory that are written piece by piece, and stand under their names once all are whole.
final class SampleOutput {
    private let directory: OutputDirectory
    private var descriptors: [(name: String, descriptor: Int32)] = []
    private var isWhole = false

    /// Begins with no files.
    init(_ directory: OutputDirectory) {
        self.directory = directory
    }

    deinit {
        for (name, descriptor) in descriptors {
            close(descriptor)
            if !isWhole { unlink(part(name)) }
        }
    }

    /// Puts bytes at the end of the file of a name.
    ///
    /// - Throws: ``Failure`` when they cannot be written, as on a full disk.
    func append(_ name: String, _ bytes: [UInt8]) throws {
        let descriptor = try descriptor(of: name)
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
            }
            if written >= 0 {
                offset += written
            } else if errno != EINTR {
                throw OutputDirectory.unwritable(directory.file(name), errno)
            }
        }
    }

    /// Gives the files their names; without it they are gone with this object.
    ///
    /// - Throws: ``Failure``.
    func end() throws {
        for (name, _) in descriptors where rename(part(name), directory.file(name)) != 0 {
            throw OutputDirectory.unwritable(directory.file(name), errno)
        }
        isWhole = true
    }

    private func descriptor(of name: String) throws -> Int32 {
        if let known = descriptors.first(where: { $0.name == name }) { return known.descriptor }
        let descriptor = open(part(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw OutputDirectory.unwritable(directory.file(name), errno) }
        descriptors.append((name, descriptor))
        return descriptor
    }

    private func part(_ name: String) -> String { "\(directory.file(name)).part-\(getpid())" }
}
