import DomainModel

/// Reads a table from chunks of bytes: decodes them, reads the header and checks each record's shape.
///
/// The first record of delimited text is the header; in NDJSON the declared columns are. Every other record is
/// delivered once, in the order of the file, damaged or not; problems arrive before the record they belong to. When
/// the bytes cannot be decoded, reading ends with that problem.
///
/// ```swift
/// let parser = TabularParser(format: .csv, columns: TableColumns(required: ["region", "value"]))
/// try parser.parse(chunk, isLast: true) { record in
///     guard let region = parser.header?.index(of: "region") else { return }
///     print(record.line, record.text(region))
/// } problem: { problem in
///     print(problem.conflict())
/// }
/// ```
public final class TabularParser {
    /// The names of the columns; `nil` until the header has been read.
    public private(set) var header: TableHeader?
    /// The number of records delivered, the header not counted.
    public private(set) var records: Int64 = 0
    /// The encoding found or declared; `nil` while nothing but ASCII was read.
    public var encoding: TextEncoding? { decoder.encoding }
    /// Whether reading has ended, at the end of the text or at bytes that cannot be decoded.
    public private(set) var isFinished = false

    private enum Reader {
        case csv(CSVReader)
        case ndjson(NDJSONReader)
    }

    private let columns: TableColumns
    private let decoder: TextDecoder
    private let reader: Reader

    /// Makes a parser at the start of a table.
    ///
    /// - Parameters:
    ///   - format: Syntax and encoding.
    ///   - columns: The columns that the caller knows.
    public init(format: TabularFormat, columns: TableColumns) {
        self.columns = columns
        decoder = TextDecoder(encoding: format.encoding)
        switch format.syntax {
        case .delimited(let delimiter): reader = .csv(CSVReader(delimiter: delimiter))
        case .ndjson:
            reader = .ndjson(NDJSONReader(columns: columns.all, nested: columns.nested))
            header = TableHeader(names: columns.all)
        }
    }

    /// Reads a chunk and delivers the records that end in it.
    ///
    /// - Parameters:
    ///   - chunk: The next bytes; may be empty.
    ///   - isLast: Whether the file ends with the chunk.
    ///   - record: Takes a record; its cells are valid during the call.
    ///   - problem: Takes a problem.
    /// - Throws: What the callbacks throw; the parser must not be used any more then.
    public func parse(
        _ chunk: UnsafeBufferPointer<UInt8>,
        isLast: Bool,
        record: (borrowing TabularRecord) throws -> Void,
        problem: (TabularProblem) throws -> Void
    ) throws {
        guard !isFinished else { return }
        do {
            try decoder.decode(chunk, isLast: isLast) { try read($0, false, record, problem) }
        } catch let failure as TextDecoder.Failure {
            isFinished = true
            return try problem(Self.problem(failure, line: line))
        }
        guard isLast else { return }
        isFinished = true
        try read(UnsafeBufferPointer(start: nil, count: 0), true, record, problem)
        if header == nil || records == 0 && isNDJSON {
            try problem(TabularProblem(code: .fileEmpty))
        } else if records == 0 {
            try problem(TabularProblem(code: .fileNoRows))
        }
    }

    private var isNDJSON: Bool {
        if case .ndjson = reader { true } else { false }
    }

    private var line: Int {
        switch reader {
        case .csv(let reader): reader.line
        case .ndjson(let reader): reader.line
        }
    }

    private func read(
        _ text: UnsafeBufferPointer<UInt8>,
        _ isLast: Bool,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) throws {
        switch reader {
        case .csv(let reader):
            try reader.parse(text, isLast: isLast) {
                try take($0, record, problem)
            } problem: {
                try problem($0.naming(header?.name($0.column)))
            }
        case .ndjson(let reader):
            try reader.parse(text, isLast: isLast) { found in
                records += 1
                try record(found)
            } problem: { found in
                try problem(found.field == nil ? found.naming(header?.name(found.column)) : found)
            }
        }
    }

    private func take(
        _ found: borrowing TabularRecord,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) throws {
        guard let header else { return try takeHeader(found, problem) }
        records += 1
        let expected = header.names.count
        guard found.count != expected, found.count > 0 else { return try record(found) }
        let isShort = found.count < expected
        try problem(
            TabularProblem(
                code: isShort ? .rowCellMissing : .rowCellExtra,
                line: found.line,
                row: found.row,
                column: isShort ? found.count : expected,
                field: isShort ? header.names[found.count] : nil,
                given: String(found.count),
                expected: LocalizedText(zh: "\(expected) 个单元格，与表头相同", en: "\(expected) cells, as in the header")
            )
        )
        try record(found.damaged())
    }

    private func takeHeader(
        _ found: borrowing TabularRecord,
        _ problem: (TabularProblem) throws -> Void
    ) throws {
        let header = TableHeader(names: (0..<found.count).map { found.text($0) })
        self.header = header
        for fault in header.problems(against: columns, line: found.line, row: found.row) { try problem(fault) }
    }

    private static func problem(_ failure: TextDecoder.Failure, line: Int) -> TabularProblem {
        func at(_ offset: Int64) -> LocalizedText {
            let code = ConflictCode.fileEncodingInvalid.expected
            return LocalizedText(zh: "第 \(offset) 字节处：\(code.zh)", en: "at byte \(offset): \(code.en)")
        }
        return switch failure {
        case .invalid(let offset, let encoding):
            TabularProblem(
                code: .fileEncodingInvalid,
                line: line,
                given: encoding.rawValue,
                expected: at(offset)
            )
        case .ambiguous(let offset): TabularProblem(code: .fileEncodingAmbiguous, line: line, expected: at(offset))
        case .unavailable(let encoding):
            TabularProblem(code: .fileEncodingInvalid, given: encoding.rawValue)
        }
    }
}
