import Glibc

/// Reads a table from a file or from bytes in memory, 256 KiB at a time.
///
/// ```swift
/// let reader = try TabularReader(path: path, format: .csv, columns: columns)
/// while try reader.read(record: { … }, problem: { … }) {
///     // between chunks: write what was collected
/// }
/// ```
public final class TabularReader {
    /// A file that cannot be read.
    public struct FileFailure: Error, Hashable, CustomStringConvertible {
        /// The file.
        public let path: String
        /// The error number of the operating system.
        public let number: Int32

        /// The file and what the operating system says.
        public var description: String { "\(path): \(String(cString: strerror(number)))" }
    }

    /// The number of bytes that are read at a time.
    public static let chunkSize = 1 << 18

    /// The names of the columns; `nil` until the header has been read.
    public var header: TableHeader? { parser.header }
    /// The number of records delivered, the header not counted.
    public var records: Int64 { parser.records }
    /// The encoding found or declared; `nil` while nothing but ASCII was read.
    public var encoding: TextEncoding? { parser.encoding }

    private enum Source {
        case file(path: String, descriptor: Int32)
        case bytes([UInt8])
    }

    private let source: Source
    private let parser: TabularParser
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0

    /// Opens a file.
    ///
    /// - Throws: ``FileFailure``.
    public init(path: String, format: TabularFormat, columns: TableColumns) throws(FileFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path: path, number: errno) }
        source = .file(path: path, descriptor: descriptor)
        parser = TabularParser(format: format, columns: columns)
        buffer = .allocate(capacity: Self.chunkSize)
    }

    /// Reads bytes in memory.
    public init(bytes: [UInt8], format: TabularFormat, columns: TableColumns) {
        source = .bytes(bytes)
        parser = TabularParser(format: format, columns: columns)
        buffer = .allocate(capacity: 0)
    }

    deinit {
        buffer.deallocate()
        if case .file(_, let descriptor) = source { close(descriptor) }
    }

    /// Reads the next chunk and delivers the records that end in it.
    ///
    /// - Parameters:
    ///   - record: Takes a record; its cells are valid during the call.
    ///   - problem: Takes a problem.
    /// - Returns: Whether there is more to read.
    /// - Throws: ``FileFailure``, and what the callbacks throw.
    public func read(
        record: (borrowing TabularRecord) throws -> Void,
        problem: (TabularProblem) throws -> Void
    ) throws -> Bool {
        guard !parser.isFinished else { return false }
        switch source {
        case .file(let path, let descriptor):
            let count = try fill(path, descriptor)
            try parser.parse(
                UnsafeBufferPointer(rebasing: buffer[..<count]),
                isLast: count == 0,
                record: record,
                problem: problem
            )
        case .bytes(let bytes):
            let end = min(position + Self.chunkSize, bytes.count)
            let start = position
            position = end
            try bytes.withUnsafeBufferPointer { all in
                try parser.parse(
                    UnsafeBufferPointer(rebasing: all[start..<end]),
                    isLast: end == all.count,
                    record: record,
                    problem: problem
                )
            }
        }
        return !parser.isFinished
    }

    /// Reads all of the table; see ``read(record:problem:)``.
    public func readAll(
        record: (borrowing TabularRecord) throws -> Void,
        problem: (TabularProblem) throws -> Void
    ) throws {
        while try read(record: record, problem: problem) {}
    }

    private func fill(_ path: String, _ descriptor: Int32) throws(FileFailure) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileFailure(path: path, number: errno) }
        }
    }
}
