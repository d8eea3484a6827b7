import DomainModel
public import PostgresClient

/// How a row of a statement becomes a JSON object: the bytes of the columns become the bytes of the document, with no
/// value in between.
///
/// The declaration gives the statement its columns as well, so that the two cannot part:
///
///     static let document = RowDocument([
///         .text("code"),
///         .object("name", [.text("en", "name_en"), .text("zh", "name_zh")]),
///         .decimal("areaSquareKilometres", "area_km2"),
///     ])
///     "SELECT \(unescaped: document.columns) FROM registry.region WHERE code = \(code)"
///
/// The document is the one that `CanonicalJSON` writes for the record: members sorted by name, those that are NULL
/// left out. A test of each declaration compares the two.
public struct RowDocument: Sendable {
    /// A member of the object.
    public struct Member: Sendable {
        enum Kind: Sendable {
            case text(column: String)
            case decimal(column: String)
            case integer(column: String)
            case boolean(column: String)
            case object([Member])
        }

        let name: String
        let kind: Kind

        /// A text; `column` is an SQL expression of type text, the name unless given.
        public static func text(_ name: String, _ column: String? = nil) -> Member {
            Member(name: name, kind: .text(column: column ?? name))
        }

        /// An exact decimal, written as text, of a column of type numeric.
        public static func decimal(_ name: String, _ column: String? = nil) -> Member {
            Member(name: name, kind: .decimal(column: column ?? name))
        }

        /// A whole number of a column of type smallint, integer or bigint.
        public static func integer(_ name: String, _ column: String? = nil) -> Member {
            Member(name: name, kind: .integer(column: column ?? name))
        }

        /// A column of type boolean.
        public static func boolean(_ name: String, _ column: String? = nil) -> Member {
            Member(name: name, kind: .boolean(column: column ?? name))
        }

        /// An object that is always there.
        public static func object(_ name: String, _ members: [Member]) -> Member {
            Member(name: name, kind: .object(members))
        }
    }

    /// text, varchar, bpchar, name and unknown literals: what is UTF-8 on the wire.
    private static let textTypes: Set<UInt32> = [25, 1_043, 1_042, 19, 705]

    /// What is done to write a row, in order.
    private enum Step: Sendable {
        case open
        case close
        /// The name with its quotes and colon, then the value of the next column.
        case text([UInt8])
        case decimal([UInt8])
        case integer([UInt8])
        case boolean([UInt8])
        case member([UInt8])
    }

    /// The select list of a statement whose rows this writes.
    public let columns: String
    private let steps: [Step]

    /// Declares a document; the order of the members is of no matter.
    public init(_ members: [Member]) {
        var columns: [String] = []
        steps = Self.steps(of: members, &columns)
        self.columns = columns.joined(separator: ", ")
    }

    private static func steps(of members: [Member], _ columns: inout [String]) -> [Step] {
        var steps: [Step] = [.open]
        for member in members.sorted(by: { $0.name < $1.name }) {
            var name: [UInt8] = []
            JSONText.append(member.name, to: &name)
            name.append(UInt8(ascii: ":"))
            switch member.kind {
            case .text(let column):
                columns.append(column)
                steps.append(.text(name))
            case .decimal(let column):
                columns.append(column)
                steps.append(.decimal(name))
            case .integer(let column):
                columns.append(column)
                steps.append(.integer(name))
            case .boolean(let column):
                columns.append(column)
                steps.append(.boolean(name))
            case .object(let members):
                steps.append(.member(name))
                steps += Self.steps(of: members, &columns)
            }
        }
        return steps + [.close]
    }

    /// Appends the document of a row.
    ///
    /// - Throws: `PostgresError` with code `decoding` when a column is of another type than declared;
    ///   ``StorageError`` for a number that the domain cannot hold.
    public func append(_ row: PostgresRow, to bytes: inout [UInt8]) throws {
        var column = 0
        var needsComma = false
        func name(_ name: [UInt8], _ bytes: inout [UInt8]) {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: name)
            needsComma = true
        }
        func next() -> PostgresCell? {
            defer { column += 1 }
            let cell = row.cell(at: column)
            return cell.isNull ? nil : cell
        }
        for step in steps {
            switch step {
            case .open:
                bytes.append(UInt8(ascii: "{"))
                needsComma = false
            case .close:
                bytes.append(UInt8(ascii: "}"))
                needsComma = true
            case .member(let member): name(member, &bytes)
            case .text(let member):
                guard let cell = next() else { continue }
                guard Self.textTypes.contains(cell.typeOID) else { throw cell.decodingError("not a text") }
                name(member, &bytes)
                cell.withUnsafeBytes { JSONText.append($0 ?? UnsafeRawBufferPointer(start: nil, count: 0), to: &bytes) }
            case .decimal(let member):
                guard let cell = next() else { continue }
                let decimal = try ExactDecimal(PostgresNumeric(from: cell))
                name(member, &bytes)
                JSONText.append(decimal.description, to: &bytes)
            case .integer(let member):
                guard let cell = next() else { continue }
                let number = try Int64(from: cell)
                name(member, &bytes)
                bytes.append(contentsOf: String(number).utf8)
            case .boolean(let member):
                guard let cell = next() else { continue }
                let isTrue = try Bool(from: cell)
                name(member, &bytes)
                bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
            }
        }
    }

    /// The document of a row.
    ///
    /// - Throws: What ``append(_:to:)`` throws.
    public func bytes(_ row: PostgresRow) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        try append(row, to: &bytes)
        return bytes
    }

    /// A page of documents, as `Page` is written.
    ///
    /// - Parameters:
    ///   - rows: In the order of the list; at most one more than `limit`, which says that there is a next page.
    ///   - limit: How many items the page has at most.
    ///   - cursor: Makes the cursor of the last row that is on the page.
    /// - Returns: The bytes of the page.
    /// - Throws: What ``append(_:to:)`` and `cursor` throw.
    public func page(
        _ rows: [PostgresRow],
        limit: Int,
        cursor: (PostgresRow) throws -> String
    ) throws -> [UInt8] {
        var bytes: [UInt8] = Array(#"{"items":["#.utf8)
        let shown = rows.prefix(limit)
        bytes.reserveCapacity(64 + shown.count * 512)
        for (place, row) in shown.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            try append(row, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        if rows.count > limit, let last = shown.last {
            bytes.append(contentsOf: #","next":"#.utf8)
            JSONText.append(try cursor(last), to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
