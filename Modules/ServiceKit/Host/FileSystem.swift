import Glibc

/// The system's text of an error number.
func systemMessage(_ number: Int32) -> String {
    // Thread-safe since glibc 2.32: the text lives in the thread.
    String(cString: strerror(number))
}

/// Makes a directory and those above it.
///
/// - Throws: ``HostError/directoryUnusable(_:_:)``, also when it cannot be written to.
func makeDirectory(_ path: String) throws {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
        made += "/\(part)"
        guard mkdir(made, 0o750) == 0 || errno == EEXIST else { throw HostError.directoryUnusable(made, errno) }
    }
    guard access(path, W_OK | X_OK) == 0 else { throw HostError.directoryUnusable(path, errno) }
}

/// Writes a small file under its name at once: whoever sees it sees all of it.
///
/// - Throws: ``HostError/directoryUnusable(_:_:)``
func writeAtomically(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    let part = "\(path).\(getpid())"
    unlink(part)
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw HostError.directoryUnusable(path, errno) }
    let bytes = Array(text.utf8)
    let count = write(descriptor, bytes, bytes.count)
    let number = errno
    close(descriptor)
    guard count == bytes.count, rename(part, path) == 0 else {
        unlink(part)
        throw HostError.directoryUnusable(path, count == bytes.count ? errno : number)
    }
}

/// The bytes of a small file.
///
/// - Throws: ``HostError/directoryUnusable(_:_:)`` when it cannot be read, or is longer than the limit.
func readFile(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HostError.directoryUnusable(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { bytes.append(contentsOf: buffer.prefix(count)) }
            return count
        }
        guard count >= 0, bytes.count <= limit else {
            throw HostError.directoryUnusable(path, count < 0 ? errno : EFBIG)
        }
        if count == 0 { return bytes }
    }
}

/// Whether files can be made in a directory.
func isWritable(_ directory: String) -> Bool { access(directory, W_OK | X_OK) == 0 }

/// The space of the file system that a directory is on, in bytes: what this process may still write, and all; `nil` when
/// it cannot be asked.
func diskSpace(of directory: String) -> (free: Int, total: Int)? {
    var numbers = statvfs()
    guard statvfs(directory, &numbers) == 0 else { return nil }
    let unit = Int(numbers.f_frsize)
    return (Int(numbers.f_bavail) * unit, max(1, Int(numbers.f_blocks) * unit))
}

/// Removes a file if it is there.
func removeFile(_ path: String) { unlink(path) }

/// The name of this machine.
func hostName() -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let start = buffer.baseAddress, gethostname(start, buffer.count - 1) == 0 else { return "localhost" }
        return String(cString: start)
    }
}

/// The number of this process.
func processIdentifier() -> Int32 { getpid() }

/// The variables of the environment.
func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
        let pair = String(cString: text)
        let name = pair.prefix { $0 != "=" }
        variables[String(name)] = String(pair.dropFirst(name.count + 1))
        entry += 1
    }
    return variables
}

/// Says something to the person who started the program.
func writeToStandardError(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(2, bytes, bytes.count)
}
