import DomainModel
import PostgresClient

/// How a row of a statement becomes a JSON object: the bytes of the columns become the bytes of the document, with no
/// value in between.
///
/// The declaration gives the statement its columns as well, so that the two cannot part:
///
///     static let document = RowDocument<Region>([
///         .text("code"),
///         .object("name", [.text("en", "name_en"), .text("zh", "name_zh")]),
///         .decimal("areaSquareKilometres", "area_km2"),
///     ])
///     "SELECT \(unescaped: document.columns) FROM registry.region WHERE code = \(code)"
///
/// The document is the one that `CanonicalJSON` writes for the record: members sorted by name, those that are NULL
/// left out. A test of each declaration compares the two.
struct RowDocument<Record: Codable & Sendable>: Sendable {
    /// The select list of a statement whose rows this writes.
    let columns: String
    private let steps: [RowStep]

    /// Declares a document; the order of the members is of no matter.
    init(_ members: [RowMember]) {
        var columns: [String] = []
        steps = RowMember.steps(members, &columns)
        self.columns = columns.joined(separator: ", ")
    }

    /// Appends the document of a row.
    ///
    /// - Throws: `PostgresError` with code `decoding` when a column is of another type than declared;
    ///   ``StorageError`` for a number that the domain cannot hold.
    func append(_ row: PostgresRow, to bytes: inout [UInt8]) throws {
        var column = 0
        var needsComma = false
        for step in steps {
            switch step {
            case .open:
                bytes.append(UInt8(ascii: "{"))
                needsComma = false
            case .close:
                bytes.append(UInt8(ascii: "}"))
                needsComma = true
            case .member(let name):
                if needsComma { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: name)
            case .value(let name, let kind):
                let cell = row.cell(at: column)
                column += 1
                if cell.isNull { continue }
                if needsComma { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: name)
                try kind.append(cell, to: &bytes)
                needsComma = true
            }
        }
    }

    /// The document of a row.
    ///
    /// - Throws: What ``append(_:to:)`` throws.
    func document(_ row: PostgresRow) throws -> Document<Record> {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1_024)
        try append(row, to: &bytes)
        return Document(bytes: bytes)
    }

    /// The documents of rows as a JSON array.
    ///
    /// - Throws: What ``append(_:to:)`` throws.
    func array(_ rows: some Collection<PostgresRow>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + rows.count * 1_024)
        bytes.append(UInt8(ascii: "["))
        var needsComma = false
        for row in rows {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            try append(row, to: &bytes)
            needsComma = true
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
