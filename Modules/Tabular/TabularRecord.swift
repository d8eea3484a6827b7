/// One record of a table while it is being read: its place in the file and its cells as UTF-8 bytes.
///
/// The cells point into buffers that the next record overwrites: what is kept must be copied before the callback
/// returns. Access costs no allocation.
public struct TabularRecord: ~Copyable {
    /// The line of the file that the record begins in; 1 is the first.
    public let line: Int
    /// The row as a spreadsheet numbers it, so that blank lines count; 1 is the first.
    public let row: Int
    /// Whether a problem of severity `error` was reported for the record. Its cells are then only a help to say what
    /// the row is about, and there may be none.
    public let isDamaged: Bool
    /// The number of cells.
    public let count: Int

    @usableFromInline let cells: UnsafePointer<CellReference>
    @usableFromInline let source: UnsafePointer<UInt8>
    @usableFromInline let scratch: UnsafePointer<UInt8>

    init(
        line: Int,
        row: Int,
        isDamaged: Bool,
        count: Int,
        cells: UnsafePointer<CellReference>,
        source: UnsafePointer<UInt8>,
        scratch: UnsafePointer<UInt8>
    ) {
        self.line = line
        self.row = row
        self.isDamaged = isDamaged
        self.count = count
        self.cells = cells
        self.source = source
        self.scratch = scratch
    }

    /// The bytes of a cell, quotes and escapes taken away; empty for a cell that the record does not have.
    ///
    /// - Parameter index: 0 is the first column of the file.
    @inlinable public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        guard index >= 0, index < count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let cell = cells[index]
        let base = cell.isInScratch ? scratch : source
        return UnsafeBufferPointer(start: base + cell.start, count: cell.length)
    }

    /// The text of a cell; empty for a cell that the record does not have.
    ///
    /// - Parameter index: 0 is the first column of the file.
    /// - Returns: The text.
    public func text(_ index: Int) -> String {
        String(decoding: self[index], as: UTF8.self)
    }

    /// The same record, known to be damaged.
    func damaged() -> TabularRecord {
        TabularRecord(
            line: line,
            row: row,
            isDamaged: true,
            count: count,
            cells: cells,
            source: source,
            scratch: scratch
        )
    }
}

/// Where the bytes of a cell are: in the text as read or, with escapes taken away, in the scratch buffer.
///
/// Records are at most 1 MiB long, so 31 bits hold every offset.
@usableFromInline struct CellReference {
    @usableFromInline let place: UInt32
    @usableFromInline let size: UInt32

    init(start: Int, length: Int, inScratch: Bool = false) {
        place = UInt32(truncatingIfNeeded: start) & 0x7FFF_FFFF | (inScratch ? 0x8000_0000 : 0)
        size = UInt32(truncatingIfNeeded: length)
    }

    @usableFromInline var start: Int { Int(place & 0x7FFF_FFFF) }
    @usableFromInline var length: Int { Int(size) }
    @usableFromInline var isInScratch: Bool { place & 0x8000_0000 != 0 }
}
