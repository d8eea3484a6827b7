import Glibc
import Tabular

/// Takes rows out of a table and leaves everything else where it stands: each line keeps its number, each row its number
/// of cells, in any encoding that tables may be in.
///
/// A row of delimited text becomes one of blank cells; where it goes over several lines, so does its first cell. A line of
/// JSON becomes an empty object. What is neither row nor line end, in the lines that a row spans, becomes blanks.
struct RowBlanker {
    /// A row that is taken out.
    private struct Extent {
        /// The line that it begins in; 1 is the first.
        let first: Int
        /// The line that the next row begins in.
        var end: Int
        /// How many cells it has.
        let cells: Int
    }

    /// The bytes of each unit of the text, and which of two comes first.
    private enum Unit { case one, little, big }

    /// The most units of a row that are kept to be given their form; what is longer was refused when it was loaded.
    private static let longest = 2 << 20

    private let extents: [Extent]
    private let unit: Unit
    /// What stands between cells; `nil` for JSON.
    private let delimiter: UInt8?
    private var next = 0
    private var line = 1
    private var wasReturn = false
    private var held: [UInt16] = []
    private var half: UInt8?

    /// Finds the rows.
    ///
    /// - Parameters:
    ///   - lines: The lines that the rows begin in; those in which none begins are passed over. Line 1 is the header,
    ///     where the table has one.
    ///   - path: The file.
    ///   - format: How it is written.
    /// - Throws: `TabularReader.FileFailure`.
    init(_ lines: Set<Int>, in path: String, _ format: TabularFormat) throws {
        let reader = try TabularReader(path: path, format: format, columns: TableColumns(required: []))
        var extents: [Extent] = []
        func take(_ line: Int, _ cells: Int) {
            extents.append(Extent(first: line, end: .max, cells: max(1, cells)))
        }
        var isFirst = true
        try reader.readAll { record in
            if isFirst, record.line > 1, lines.contains(1) { take(1, reader.header?.names.count ?? 1) }
            isFirst = false
            if let last = extents.indices.last, extents[last].end == .max { extents[last].end = record.line }
            guard lines.contains(record.line) else { return }
            take(record.line, record.count > 0 ? record.count : reader.header?.names.count ?? 1)
        } problem: { _ in
        }
        if isFirst, lines.contains(1) { take(1, reader.header?.names.count ?? 1) }
        self.extents = extents
        unit =
            switch reader.encoding {
            case .utf16LittleEndian: .little
            case .utf16BigEndian: .big
            default: .one
            }
        delimiter = if case .delimited(let byte) = format.syntax { byte ?? UInt8(ascii: ",") } else { nil }
    }

    /// Passes on the next bytes of the file.
    ///
    /// - Parameters:
    ///   - bytes: They; none at the end of the file.
    ///   - result: Gets what stands in their place, now or with the bytes that follow.
    mutating func pass(_ bytes: [UInt8], to result: inout [UInt8]) {
        if bytes.isEmpty { return end(&result) }
        if unit == .one, next == extents.count {
            result += bytes
            return
        }
        for byte in bytes {
            guard unit != .one else {
                take(UInt16(byte), &result)
                continue
            }
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            take(unit == .big ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first), &result)
        }
    }

    private mutating func end(_ result: inout [UInt8]) {
        release(&result)
        // An odd byte at the end of UTF-16.
        if let half { result.append(isBlanking ? 0x20 : half) }
        half = nil
    }

    private var isBlanking: Bool { next < extents.count && line >= extents[next].first }

    private mutating func take(_ value: UInt16, _ result: inout [UInt8]) {
        // The second half of a line end belongs to the first one.
        let isSecondHalf = value == 0x0A && wasReturn && delimiter != nil
        if !isSecondHalf, next < extents.count, line >= extents[next].end {
            release(&result)
            next += 1
        }
        if isBlanking, !isSecondHalf || !held.isEmpty {
            held.append(value)
            if held.count == Self.longest { release(&result, isWhole: false) }
        } else {
            append(value, &result)
        }
        let isReturn = value == 0x0D && delimiter != nil
        if isReturn || (value == 0x0A && !isSecondHalf) { line += 1 }
        wasReturn = isReturn
    }

    /// Writes what stands in the place of the held units: as many, with the same line ends.
    private mutating func release(_ result: inout [UInt8], isWhole: Bool = true) {
        defer { held.removeAll(keepingCapacity: true) }
        guard !held.isEmpty else { return }
        let end = (held.lastIndex { !isLineEnd($0) } ?? -1) + 1
        let (row, rest) = (held[..<end], held[end...])
        let content = row.count { !isLineEnd($0) }
        if !isWhole {
            for value in row { append(isLineEnd(value) ? value : 0x20, &result) }
        } else if let delimiter {
            let between = Array(repeating: UInt16(delimiter), count: extents[next].cells - 1)
            if content == row.count {
                write(between, blanks: content - between.count, &result)
            } else {
                let quote = UInt16(UInt8(ascii: "\""))
                let lineEnds = Self.lineEnds(row)
                write([quote] + lineEnds, blanks: row.count - lineEnds.count - between.count - 2, &result)
                write([quote] + between, blanks: 0, &result)
            }
        } else {
            write("{}".utf8.map { UInt16($0) }, blanks: 0, &result)
            var passed = 0
            for value in row {
                if isLineEnd(value) { append(value, &result) } else { passed += 1 }
                if !isLineEnd(value), passed > 2 { append(0x20, &result) }
            }
        }
        for value in rest { append(value, &result) }
    }

    /// The line ends of a row, with a blank between two halves that were none together.
    private static func lineEnds(_ row: ArraySlice<UInt16>) -> [UInt16] {
        var ends: [UInt16] = []
        var wasReturn = false
        for value in row {
            if value == 0x0A || value == 0x0D {
                if value == 0x0A, ends.last == 0x0D, !wasReturn { ends.append(0x20) }
                ends.append(value)
            }
            wasReturn = value == 0x0D
        }
        return ends
    }

    private func write(_ values: [UInt16], blanks: Int, _ result: inout [UInt8]) {
        for value in values { append(value, &result) }
        for _ in 0..<max(0, blanks) { append(0x20, &result) }
    }

    private func isLineEnd(_ value: UInt16) -> Bool { value == 0x0A || value == 0x0D }

    private func append(_ value: UInt16, _ result: inout [UInt8]) {
        switch unit {
        case .one: result.append(UInt8(truncatingIfNeeded: value))
        case .little: result += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        case .big: result += [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
        }
    }
}
