public import DomainModel
public import SystemPackage

/// The conflicts of one file, in the order of the file, with bounded memory.
///
/// A file may have as many conflicts as rows. The first few thousand stay in memory; the rest goes to a temporary file
/// without a name, so that nothing is left behind however the process ends.
public final class ConflictLog {
    /// A conflict as it is kept.
    public struct Entry {
        /// The line that it is about; 0 for the whole file.
        public let line: Int
        /// The kind.
        public let code: ConflictCode
        /// Its canonical JSON.
        public let json: String

        /// A conflict as it is kept.
        public init(_ conflict: Conflict) throws {
            self.init(line: conflict.line ?? 0, code: conflict.code, canonical: try CanonicalJSON.text(conflict))
        }

        /// A conflict that was kept elsewhere as its canonical JSON.
        public init(line: Int, code: ConflictCode, canonical json: String) {
            self.line = line
            self.code = code
            self.json = json
        }
    }

    /// Whether a conflict refuses its row.
    public private(set) var hasErrors = false
    /// Whether a conflict is about the whole file, so that no row can be taken.
    public private(set) var refusesWholeFile = false

    private static let keptInMemory = 4_096
    private let directory: FilePath
    private var entries: [Entry] = []
    private var file: FileDescriptor?
    private var buffer: [UInt8] = []

    /// Makes an empty log.
    ///
    /// - Parameter directory: Where a temporary file may be made.
    public init(directory: FilePath) {
        self.directory = directory
    }

    deinit {
        try? file?.close()
    }

    /// Adds a conflict; lines must not go back.
    public func append(_ conflict: Conflict) throws {
        try append(Entry(conflict))
    }

    /// Adds a conflict that another log kept.
    public func append(_ entry: Entry) throws {
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
    public func reader() throws -> Reader {
        try flush()
        try file?.seek(offset: 0, from: .start)
        return Reader(entries: entries, file: file)
    }

    /// Reads entries in order.
    public struct Reader {
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
        public mutating func next() throws -> Entry? {
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
                    return Entry(line: line, code: code, canonical: text[2])
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
        public mutating func next(_ count: Int) throws -> [Entry] {
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

extension ConflictLog {
    /// One log of the entries of two, in the order of their lines; what the first says of a line comes first.
    ///
    /// - Parameters:
    ///   - one: A log.
    ///   - directory: Where a temporary file may be made.
    ///   - next: Gives the entries of the other one by one, lines never going back; `nil` at the end.
    /// - Returns: A log of both.
    /// - Throws: What `next` throws; an error of the file system.
    public static func merging(
        _ one: ConflictLog,
        in directory: FilePath,
        with next: () async throws -> Entry?
    ) async throws -> ConflictLog {
        let merged = ConflictLog(directory: directory)
        var reader = try one.reader()
        var waiting = try reader.next()
        while let other = try await next() {
            while let entry = waiting, entry.line <= other.line {
                try merged.append(entry)
                waiting = try reader.next()
            }
            try merged.append(other)
        }
        while let entry = waiting {
            try merged.append(entry)
            waiting = try reader.next()
        }
        return merged
    }
}
