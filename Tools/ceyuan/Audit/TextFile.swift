import DomainModel
import FoundationEssentials
import Glibc

/// Reads files of lines.
enum TextFile {
    /// The text of a small file.
    ///
    /// - Throws: ``Failure`` when it cannot be read.
    static func read(_ path: String, atMost limit: Int) throws -> String {
        guard let stream = fopen(path, "re") else { throw unreadable(path) }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = fread(&bytes, 1, limit, stream)
        guard ferror(stream) == 0 else { throw unreadable(path) }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// Gives the lines of a file one after the other, without their line breaks.
    ///
    /// - Throws: ``Failure`` when it cannot be read; what the body throws.
    static func forEachLine(of path: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        guard let stream = fopen(path, "re") else { throw unreadable(path) }
        defer { fclose(stream) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while true {
            var length = getline(&line, &capacity, stream)
            guard length >= 0, let start = line else {
                if ferror(stream) != 0 { throw unreadable(path) }
                return
            }
            if length > 0, start[length - 1] == CChar(10) { length -= 1 }
            try start.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
                try body(UnsafeBufferPointer(start: bytes, count: length))
            }
        }
    }

    /// The bytes of a file, which the system reads in as they are looked at.
    ///
    /// - Throws: ``Failure`` when it cannot be read.
    static func mapped(_ path: String) throws -> Data {
        guard access(path, R_OK) == 0 else { throw unreadable(path) }
        return try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    }

    /// The first byte that is no blank; `nil` when there is none in the first kilobyte.
    ///
    /// - Throws: ``Failure`` when it cannot be read.
    static func firstByte(of path: String) throws -> UInt8? {
        try read(path, atMost: 1_024).utf8.first { $0 > 32 }
    }

    private static func unreadable(_ path: String) -> Failure {
        let message = Failure.systemMessage(errno)
        return Failure(
            .local,
            "FILE_UNREADABLE",
            zh: "无法读取 \(path)：\(message.zh)",
            en: "\(path) cannot be read: \(message.en)"
        )
    }
}
