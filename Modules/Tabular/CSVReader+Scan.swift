import DomainModel

extension CSVReader {
    /// Reads bytes of one buffer, eight at a time, stopping only at bytes that mean something.
    ///
    /// `base` has `count` bytes, of which those before `from` have been read; unless the record is being discarded it
    /// holds the record from its start. `origin` is the offset of its first byte in the text.
    func scan(
        _ base: UnsafePointer<UInt8>,
        at origin: Int,
        from: Int,
        count: Int,
        _ delimiter: UInt8,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let delimiters = ones &* UInt64(delimiter)
        let quotes = ones &* UInt64(UInt8(ascii: "\""))
        var index = from
        // Kept out of the object while the common case, unquoted fields, is read.
        var start = cellStart
        var found = cellCount
        var isPlain = state == .plain && !isDiscarding
        while index < count {
            var word: UInt64
            if index + 8 <= count {
                word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
            } else {
                word = ones &* 0x61
                for place in 0..<count - index {
                    let shift = UInt64(place * 8)
                    word = word & ~(0xFF << shift) | UInt64(base[index + place]) << shift
                }
            }
            // Top bit set where a byte is below 0x20, the delimiter or a quote. A borrow may also mark a byte after
            // a true one; such a byte falls through the switch below.
            let d = word ^ delimiters
            let q = word ^ quotes
            var marks = ((word &- ones &* 0x20) & ~word | (d &- ones) & ~d | (q &- ones) & ~q) & tops
            while marks != 0 {
                let place = index + marks.trailingZeroBitCount / 8
                marks &= marks &- 1
                let byte = base[place]
                let position = origin + place
                if isPlain {
                    if byte == delimiter {
                        if found == cellCapacity { growCells(found) }
                        cells[found] = CellReference(start: start - recordStart, length: position - start)
                        found += 1
                        start = position + 1
                        continue
                    }
                    if byte > UInt8(ascii: "\"") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: " ") { continue }
                }
                cellStart = start
                cellCount = found
                try take(byte, at: position, delimiter, base, origin, record, problem)
                start = cellStart
                found = cellCount
                isPlain = state == .plain && !isDiscarding
            }
            index += 8
        }
        cellStart = start
        cellCount = found
    }

    /// Takes a byte that may mean something, in any state.
    private func take(
        _ byte: UInt8,
        at position: Int,
        _ delimiter: UInt8,
        _ base: UnsafePointer<UInt8>,
        _ origin: Int,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        switch byte {
        case delimiter:
            if state != .quoted { endCell(at: position, base, origin) }
        case UInt8(ascii: "\""):
            takeQuote(at: position)
        case 0x0A, 0x0D:
            let isSecondHalf = byte == 0x0A && lastCarriageReturn == position - 1
            if byte == 0x0D { lastCarriageReturn = position }
            if state == .quoted {
                if !isSecondHalf { line += 1 }
            } else if position == recordStart {
                recordStart = position + 1
                cellStart = position + 1
                guard !isSecondHalf else { return }
                blankLines += 1
                row += 1
                line += 1
                recordLine = line
            } else {
                try endRecord(at: position, base, origin, record, problem)
            }
        case 0x00..<0x20 where byte != UInt8(ascii: "\t"):
            note(
                TabularProblem(
                    code: .cellControlCharacter,
                    line: recordLine,
                    row: row,
                    column: cellCount,
                    given: "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                )
            )
        default: break
        }
    }

    private func takeQuote(at position: Int) {
        switch state {
        case .plain where position == cellStart:
            state = .quoted
            quoteLine = line
            hasEscapes = false
        case .plain:
            note(TabularProblem(code: .csvQuoteInField, line: recordLine, row: row, column: cellCount))
        case .quoted:
            state = .closed
            closingQuote = position
        case .closed where position == closingQuote + 1:
            state = .quoted
            hasEscapes = true
        case .closed: state = .junk
        case .junk: break
        }
    }

    private func endCell(at end: Int, _ base: UnsafePointer<UInt8>, _ origin: Int) {
        if isDiscarding {
            state = .plain
            cellStart = end + 1
            return
        }
        if cellCount == cellCapacity { growCells(cellCount) }
        cells[cellCount] =
            state == .plain
            ? CellReference(start: cellStart - recordStart, length: end - cellStart)
            : quotedCell(endingAt: end, base - origin)
        cellCount += 1
        cellStart = end + 1
        state = .plain
    }

    /// The content of a field that began with a quote; `text` is indexed by offset in the text.
    private func quotedCell(endingAt end: Int, _ text: UnsafePointer<UInt8>) -> CellReference {
        let closing = state == .quoted ? end : closingQuote
        let isJunk = state != .quoted && end != closing + 1
        if isJunk {
            note(TabularProblem(code: .csvQuoteJunk, line: recordLine, row: row, column: cellCount))
        }
        guard hasEscapes || isJunk else {
            return CellReference(start: cellStart + 1 - recordStart, length: closing - cellStart - 1)
        }
        let start = scratch.count
        var index = cellStart + 1
        while index < closing {
            scratch.append(text[index])
            index += text[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        if isJunk { scratch.append(UnsafeBufferPointer(start: text + closing + 1, count: end - closing - 1)) }
        return CellReference(start: start, length: scratch.count - start, inScratch: true)
    }

    func endRecord(
        at end: Int,
        _ base: UnsafePointer<UInt8>,
        _ origin: Int,
        _ record: (borrowing TabularRecord) throws -> Void,
        _ problem: (TabularProblem) throws -> Void
    ) rethrows {
        if !isDiscarding, end - recordStart > Self.maximumRecordLength {
            isDiscarding = true
            problems.removeAll(keepingCapacity: true)
            try problem(TabularProblem(code: .rowTooLong, line: recordLine, row: row))
        }
        endCell(at: end, base, origin)
        var isDamaged = isDiscarding
        if !problems.isEmpty {
            for found in problems {
                isDamaged = isDamaged || found.code.severity == .error
                try problem(found)
            }
            problems.removeAll(keepingCapacity: true)
        }
        try record(
            TabularRecord(
                line: recordLine,
                row: row,
                isDamaged: isDamaged,
                count: isDiscarding ? 0 : cellCount,
                cells: cells,
                source: base + (isDiscarding ? 0 : recordStart - origin),
                scratch: scratch.base
            )
        )
        recordStart = end + 1
        cellStart = end + 1
        cellCount = 0
        scratch.removeAll()
        isDiscarding = false
        row += 1
        line += 1
        recordLine = line
    }

    func note(_ problem: TabularProblem) {
        guard !isDiscarding, problems.count < Self.maximumProblems else { return }
        // Once a cell is enough.
        if let last = problems.last, last.code == problem.code, last.column == problem.column { return }
        problems.append(problem)
    }

    private func growCells(_ count: Int) {
        // A record has fewer cells than bytes; a longer one is refused at its end whatever its cells are.
        let larger = UnsafeMutablePointer<CellReference>.allocate(capacity: cellCapacity * 2)
        larger.update(from: cells, count: count)
        cells.deallocate()
        cells = larger
        cellCapacity *= 2
    }
}
