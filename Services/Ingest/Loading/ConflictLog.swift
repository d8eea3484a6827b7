import DomainModel
import SystemPackage

/// The conflicts of one file, in the order of the file, with bounded memory.
///
/// A file may have as many conflicts as rows. The first few thousand stay in memory; the rest goes to a temporary file
/// without a name, so that nothing is left behind however the process ends.
final class ConflictLog {
    /// A conflict as it is kept.
    struct Entry {
        /// The line that it is about; 0 for the whole file.
        let line: Int
        /// The kind.
        let code: ConflictCode
        /// Its canonical JSON.
        let json: String
    }

    /// Whether a conflict refuses its row.
    private(set) var hasErrors = false
    /// Whether a conflict is about the whole file, so that no row can be taken.
    private(set) var refusesWholeFile = false

    private static let keptInMemory = 4_096
    private let directory: FilePath
    private var entries: [Entry] = []
    private var file: FileDescriptor?
    private var buffer: [UInt8] = []

    /// Makes an empty log.
    ///
    /// - Parameter directory: Where a temporary file may be made.
    init(directory: FilePath) {
        self.directory = directory
    }

    deinit {
        try? file?.close()
    }

    /// Adds a conflict; lines must not go back.
    func append(_ conflict: Conflict) throws {
        try append(
            Entry(line: conflict.line ?? 0, code: conflict.code, json: try CanonicalJSON.text(conflict))
        )
    }

    /// Adds a conflict that another log kept.
    func append(_ entry: Entry) throws {
        if entry.code.severity == .error { hasErrors = true }
        if entry.code.concernsWholeFile { refusesWholeFile = true }
        if file == nil, entries.count < Self.keptInMemory {
            entries.append(entry)
            return
        }
        if file == nil { file = try Self.temporaryFile(in: directory) }
        buffer.append(contentsOf: "\(entry.line)\t\(entry.code.rawValue)\t\(entry.json)\n".utf8)
        if buffer.count >= 1 << 16 { try flush() }
    }

    private func flush() throws {
        guard !buffer.isEmpty, let file else { return }
        try file.writeAll(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Reads the log from its start; nothing can be added while a reader is in use.
    func reader() throws -> Reader {
        try flush()
        try file?.seek(offset: 0, from: .start)
        return Reader(entries: entries, file: file)
    }

    /// Reads entries in order.
    struct Reader {
        private let entries: [Entry]
        private let file: FileDescriptor?
        private var index = 0
        private var buffer: [UInt8] = []
        private var position = 0

        fileprivate init(entries: [Entry], file: FileDescriptor?) {
            self.entries = entries
            self.file = file
        }

        /// The next entry, or `nil` at the end.
        mutating func next() throws -> Entry? {
            if index < entries.count {
                index += 1
                return entries[index - 1]
            }
            while true {
                if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                    let parts = buffer[position..<end].split(separator: UInt8(ascii: "\t"), maxSplits: 2)
                    position = end + 1
                    let text = parts.map { String(decoding: $0, as: UTF8.self) }
                    guard text.count == 3, let line = Int(text[0]), let code = ConflictCode(rawValue: text[1]) else {
                        continue
                    }
                    return Entry(line: line, code: code, json: text[2])
                }
                guard let file else { return nil }
                buffer.removeFirst(position)
                position = 0
                let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { target, count in
                    count = try file.read(into: UnsafeMutableRawBufferPointer(target))
                }
                if chunk.isEmpty { return nil }
                buffer += chunk
            }
        }

        /// The next entries, at most so many; empty at the end.
        mutating func next(_ count: Int) throws -> [Entry] {
            var page: [Entry] = []
            while page.count < count, let entry = try next() { page.append(entry) }
            return page
        }
    }

    private static func temporaryFile(in directory: FilePath) throws -> FileDescriptor {
        let path = directory.appending("conflicts-\(UInt64.random(in: .min ... .max))")
        let file = try FileDescriptor.open(
            path,
            .readWrite,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: [.ownerReadWrite]
        )
        unlinkName(path)
        return file
    }
}
