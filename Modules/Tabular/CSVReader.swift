import DomainModel

/// Reads comma-separated values from chunks of UTF-8 bytes, record by record, without allocating per record.
///
/// Records end with LF, CRLF or CR, also mixed. A field in quotes may hold delimiters, line ends and doubled quotes.
/// A quote inside an unquoted field is kept and reported; text after a closing quote is kept and reported, and damages
/// the record. Blank lines are skipped and counted. Control characters other than tab damage the record.
///
/// Every record is delivered once, damaged or not; problems arrive before the record they belong to. The chunks may
/// be cut anywhere: results do not depend on where. A record that goes on over chunks is kept in a buffer of at most
/// ``maximumRecordLength``. Byte order marks are the decoder's business, see ``TextDecoder``.
///
/// Source: RFC 4180 §2.
public final class CSVReader {
    /// The most bytes that a record may have.
    public static let maximumRecordLength = 1 << 20
    /// The most problems that are reported for one record.
    static let maximumProblems = 64

    enum State {
        /// In an unquoted field, or at the start of a field.
        case plain
        /// Behind an opening quote.
        case quoted
        /// Behind a quote that closes the field or is the first of a doubled one.
        case closed
        /// In text that follows a closing quote.
        case junk
    }

    /// The delimiter in use; `nil` until it has been detected.
    public private(set) var delimiter: UInt8?
    /// The number of blank lines seen.
    public internal(set) var blankLines = 0
    /// The line that reading has come to; 1 is the first.
    public internal(set) var line = 1

    // Offsets count from the first byte ever read, so that they hold in whatever buffer the bytes lie.
    var state = State.plain
    var recordStart = 0
    var cellStart = 0
    var closingQuote = 0
    var lastCarriageReturn = -2
    var hasEscapes = false
    var quoteLine = 0
    var recordLine = 1
    var row = 1
    /// Whether the record is over the length limit, so that its bytes are not kept.
    var isDiscarding = false
    var problems: [TabularProblem] = []

    var cells: UnsafeMutablePointer<CellReference>
    var cellCount = 0
    var cellCapacity = 64
    var scratch = ByteStore()
    private var carry = ByteStore()
    private var offset = 0

    /// Makes a reader at the start of a text.
    ///
    /// - Parameter delimiter: The byte between fields; `nil` takes the one of comma, semicolon and tab that the first
    ///   line has most of.
    public init(delimiter: UInt8? = UInt8(ascii: ",")) {
        self.delimiter = delimiter
        cells = .allocate(capacity: cellCapacity)
    }

    deinit { cells.deallocate() }

    /// Reads a chunk and delivers the records that end in it.
    ///
    /// After a callback has thrown, the reader must not be used any more.
    ///
    /// - Parameters:
    ///   - chunk: The next bytes; may be empty.
    ///   - isLast: Whether the text ends with the chunk.
    ///   - record: Takes a record; its cells are valid during the call.
    ///   - problem: Takes a problem.
    public func parse(
        _ chunk: UnsafeBufferPointer<UInt8>,
        isLast: Bool,
        record: (borrowing TabularRecord) throws -> Void,
        problem: (TabularProblem) throws -> Void
    ) rethrows {
        if let delimiter {
            try consume(chunk, delimiter, record, problem)
            if isLast { try finish(record, problem) }
            return
        }
        // The first line decides; it is held back until it is whole.
        carry.append(chunk)
        guard let found = Self.detectDelimiter(carry.bytes, isLast: isLast) else { return }
        delimiter = found
        var held = ByteStore(capacity: 1)
        swap(&held, &carry)
        try consume(held.bytes, found, record, problem)
        if isLast { try finish(record, problem) }
    }

    private func consume(
        _ text: UnsafeBufferPointer<UInt8>,
        _ delimiter: UInt8,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        // Pieces bound the memory that a single endless record can take.
        var start = 0
        while start < text.count {
            let end = min(start + 262_144, text.count)
            try consumePiece(UnsafeBufferPointer(rebasing: text[start..<end]), delimiter, record, problem)
            start = end
        }
    }

    private func consumePiece(
        _ chunk: UnsafeBufferPointer<UInt8>,
        _ delimiter: UInt8,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        guard let base = chunk.baseAddress else { return }
        var index = 0
        while carry.count > 0, index < chunk.count {
            // A record can only end with a line end: bring over one line at a time until it does.
            var end = index
            while end < chunk.count, chunk[end] != 0x0A, chunk[end] != 0x0D { end += 1 }
            end = min(end + 1, chunk.count)
            let old = carry.append(UnsafeBufferPointer(rebasing: chunk[index..<end]))
            let carryOffset = offset - old
            offset += end - index
            index = end
            try scan(
                UnsafePointer(carry.base),
                at: carryOffset,
                from: old,
                count: carry.count,
                delimiter,
                record,
                problem
            )
            if recordStart == offset {
                carry.removeAll()
            } else if carry.count > Self.maximumRecordLength {
                try discard(problem)
                carry.removeAll()
            }
        }
        guard index < chunk.count else { return }
        let start = offset - index
        try scan(base, at: start, from: index, count: chunk.count, delimiter, record, problem)
        offset = start + chunk.count
        guard recordStart < offset, !isDiscarding else { return }
        if offset - recordStart > Self.maximumRecordLength {
            try discard(problem)
        } else {
            carry.append(UnsafeBufferPointer(rebasing: chunk[(recordStart - start)...]))
        }
    }

    /// Ends a text that does not end with a line end.
    private func finish(
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        guard recordStart < offset else { return }
        if state == .quoted {
            let unclosed = TabularProblem(code: .csvQuoteUnclosed, line: quoteLine, row: row, column: cellCount)
            // A record that is too long is most often one whose quote is never closed: both are said.
            if isDiscarding { try problem(unclosed) } else { problems.append(unclosed) }
        }
        try endRecord(at: offset, UnsafePointer(carry.base), offset - carry.count, record, problem)
        carry.removeAll()
    }

    private func discard(_ problem: (TabularProblem) throws -> Void) rethrows {
        isDiscarding = true
        problems.removeAll(keepingCapacity: true)
        cellCount = 0
        scratch.removeAll()
        try problem(TabularProblem(code: .rowTooLong, line: recordLine, row: row))
    }

    private static func detectDelimiter(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> UInt8? {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        var isComplete = isLast || text.count >= 1 << 16
        for byte in text {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D {
                // Blank lines before the header say nothing.
                if counts.isEmpty { continue }
                isComplete = true
                break
            }
            counts[byte, default: 0] += 1
        }
        guard isComplete else { return nil }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var best = candidates[0]
        for candidate in candidates where counts[candidate, default: 0] > counts[best, default: 0] { best = candidate }
        return best
    }
}
