import DomainModel

/// Reads newline-delimited JSON, one object a line, as records of a table.
///
/// Cells are strings with their escapes resolved, numbers exactly as written, `true` and `false`; `null` and absent
/// members are empty cells. One member may hold an object whose members are columns too; then lists are cells with
/// ``TableColumns/listSeparator`` between their values. Other nested values, members that stand twice and anything else that RFC 8259 does not allow
/// damage the line and not the rest. An unknown member is a fault of its line. Blank lines are skipped.
///
/// The line is the row. Every line is delivered once, damaged or not; problems arrive before it.
///
/// Source: RFC 8259; NDJSON 1.0.0, https://github.com/ndjson/ndjson-spec.
public final class NDJSONReader {
    /// The most bytes that a line may have.
    public static let maximumLineLength = CSVReader.maximumRecordLength
    private static let maximumUnknownNames = 100

    /// The line that reading has come to; 1 is the first.
    public private(set) var line = 1

    private let names: [[UInt8]]
    private let nested: [UInt8]?
    // The names as they stand in the nested object.
    private let innerNames: [[UInt8]]
    private var cells: UnsafeMutablePointer<CellReference>
    private var isPresent: [Bool]
    private var scratch = ByteStore()
    private var carry = ByteStore()
    private var isDiscarding = false
    private var nearest: [String: [String]] = [:]

    /// Makes a reader at the start of a text.
    ///
    /// - Parameters:
    ///   - columns: The member names; cells come in their order.
    ///   - nested: The member that holds an object with more of them.
    public init(columns: [String], nested: String? = nil) {
        self.nested = nested.map { Array($0.utf8) }
        innerNames = columns.map { name in
            guard let nested else { return [] }
            if name.hasPrefix("\(nested).") { return Array(name.utf8.dropFirst(nested.utf8.count + 1)) }
            return columns.contains("\(nested).\(name)") ? [] : Array(name.utf8)
        }
        names = columns.map { Array($0.utf8) }
        isPresent = Array(repeating: false, count: names.count)
        cells = .allocate(capacity: max(1, names.count))
        cells.initialize(repeating: CellReference(start: 0, length: 0), count: max(1, names.count))
    }

    deinit { cells.deallocate() }

    /// Reads a chunk and delivers the lines that end in it; see ``CSVReader/parse(_:isLast:record:problem:)``.
    public func parse(
        _ chunk: UnsafeBufferPointer<UInt8>,
        isLast: Bool,
        record: (borrowing TabularRecord) throws -> Void,
        problem: (TabularProblem) throws -> Void
    ) rethrows {
        var index = 0
        while index < chunk.count {
            var end = index
            while end < chunk.count, chunk[end] != 0x0A { end += 1 }
            let piece = UnsafeBufferPointer(rebasing: chunk[index..<end])
            if end == chunk.count {
                try hold(piece, problem)
                break
            }
            try endLine(piece, record, problem)
            index = end + 1
        }
        if isLast, carry.count > 0 || isDiscarding {
            try endLine(UnsafeBufferPointer(start: nil, count: 0), record, problem)
        }
    }

    private func hold(
        _ piece: UnsafeBufferPointer<UInt8>,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        guard !isDiscarding else { return }
        if carry.count + piece.count > Self.maximumLineLength {
            isDiscarding = true
            carry.removeAll()
            try problem(TabularProblem(code: .rowTooLong, line: line, row: line))
        } else {
            carry.append(piece)
        }
    }

    private func endLine(
        _ rest: UnsafeBufferPointer<UInt8>,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        var text = rest
        if isDiscarding || carry.count > 0 || rest.count > Self.maximumLineLength {
            try hold(rest, problem)
            text = carry.bytes
        }
        if isDiscarding {
            try deliver(text, isDamaged: true, record)
            isDiscarding = false
        } else if text.contains(where: { !JSONScanner.isBlank($0) }) {
            try readObject(text, record, problem)
        }
        carry.removeAll()
        line += 1
    }

    private func readObject(
        _ text: UnsafeBufferPointer<UInt8>,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        scratch.removeAll()
        for index in names.indices {
            isPresent[index] = false
            cells[index] = CellReference(start: 0, length: 0)
        }
        var problems: [TabularProblem] = []
        var scanner = JSONScanner(text)
        var expectedNext = 0
        let fault = scanner.readObject(&scratch, nested: nested) { name, value, form, scratch in
            let nameBytes = name.bytes(text, scratch)
            guard let column = self.column(nameBytes, expectedNext, form.isNested) else {
                problems.append(self.unknownMember(nameBytes))
                return nil
            }
            if self.isPresent[column] { return .duplicateMember }
            self.isPresent[column] = true
            expectedNext = column + 1
            self.cells[column] = value
            if Self.hasControlCharacter(value.bytes(text, scratch), isList: form.isList) {
                problems.append(
                    TabularProblem(code: .cellControlCharacter, line: self.line, row: self.line, column: column)
                )
            }
            return nil
        }
        if let fault {
            problems.append(
                TabularProblem(
                    code: .rowNotJSON,
                    line: line,
                    row: line,
                    given: String(decoding: text.prefix(400), as: UTF8.self),
                    expected: fault.expected
                )
            )
        }
        for found in problems { try problem(found) }
        try deliver(text, isDamaged: problems.contains { $0.code.severity == .error }, record)
    }

    private func deliver(
        _ text: UnsafeBufferPointer<UInt8>,
        isDamaged: Bool,
        _ record: (borrowing TabularRecord) throws -> Void
    ) rethrows {
        try record(
            TabularRecord(
                line: line,
                row: line,
                isDamaged: isDamaged,
                count: isDiscarding ? 0 : names.count,
                cells: cells,
                source: text.baseAddress ?? UnsafePointer(scratch.base),
                scratch: scratch.base
            )
        )
    }

    /// The column of a name; lines mostly have the same order, so the next one is tried first.
    private func column(_ name: UnsafeBufferPointer<UInt8>, _ expected: Int, _ isNested: Bool) -> Int? {
        let names = isNested ? innerNames : names
        if expected < names.count, name.elementsEqual(names[expected]) { return expected }
        return names.firstIndex { name.elementsEqual($0) }
    }

    private func unknownMember(_ name: UnsafeBufferPointer<UInt8>) -> TabularProblem {
        let given = String(decoding: name, as: UTF8.self)
        var near = nearest[given]
        if near == nil {
            near = nearestNames(to: given, among: names.map { String(decoding: $0, as: UTF8.self) })
            // Most files have the same wrong name in every line.
            if nearest.count < Self.maximumUnknownNames { nearest[given] = near }
        }
        return TabularProblem(
            // A fault of this line: unlike a header, it says nothing of the others.
            code: .fieldUnknown,
            line: line,
            row: line,
            field: given,
            given: given,
            nearest: near ?? []
        )
    }

    private static func hasControlCharacter(_ bytes: UnsafeBufferPointer<UInt8>, isList: Bool) -> Bool {
        bytes.contains { byte in
            byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
                && !(isList && byte == TableColumns.listSeparator)
        }
    }
}

extension CellReference {
    func bytes(
        _ text: UnsafeBufferPointer<UInt8>,
        _ scratch: borrowing ByteStore
    )
        -> UnsafeBufferPointer<UInt8>
    {
        isInScratch
            ? UnsafeBufferPointer(rebasing: scratch.bytes[start..<start + length])
            : UnsafeBufferPointer(rebasing: text[start..<start + length])
    }
}
