import DomainModel
import Glibc

/// The lines of standard input, without their ends (LF or CRLF), as they come.
struct LineValues {
    /// The most bytes that a line may have; memory is bounded by it.
    static let limit = 1 << 20

    /// Reads all lines; a last line without an end counts, the empty rest behind the last end does not.
    ///
    /// - Throws: ``Failure``, and what the callback throws.
    func read(_ line: ([UInt8]) throws -> Void) throws {
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var rest: [UInt8] = []
        var number = 1
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreadable(errno) }
            var start = 0
            while let end = chunk[start..<count].firstIndex(of: 0x0A) {
                rest += chunk[start..<end]
                if rest.last == 0x0D { rest.removeLast() }
                try line(rest)
                rest.removeAll(keepingCapacity: true)
                start = end + 1
                number += 1
            }
            rest += chunk[start..<count]
            if rest.count > Self.limit { throw Self.tooLong(number) }
            if count == 0 { break }
        }
        if rest.last == 0x0D { rest.removeLast() }
        if !rest.isEmpty { try line(rest) }
    }

    private static func unreadable(_ number: Int32) -> Failure {
        let reason = Failure.systemMessage(number)
        return Failure(
            .local,
            "INPUT_UNREADABLE",
            zh: "标准输入无法读取：\(reason.zh)",
            en: "Standard input cannot be read: \(reason.en)"
        )
    }

    private static func tooLong(_ line: Int) -> Failure {
        Failure(
            .refused,
            "LINE_TOO_LONG",
            zh: "第 \(line) 行超过 1 MiB",
            en: "Line \(line) is longer than 1 MiB",
            hint: LocalizedText(zh: "每行一个值", en: "Give one value a line")
        )
    }
}
