/// A record with the place in its file that it was read from.
public struct Located<Record: Sendable>: Sendable {
    /// The record.
    public let record: Record
    /// The line of the file that its row begins in; 1 is the first.
    public let line: Int
    /// The row as a spreadsheet counts it; 1 is the header.
    public let row: Int

    /// Makes a located record of its parts.
    public init(_ record: Record, line: Int, row: Int) {
        self.record = record
        self.line = line
        self.row = row
    }
}

extension Located: Equatable where Record: Equatable {}
