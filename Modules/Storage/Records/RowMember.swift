import DomainModel
import PostgresClient

/// A member of the object that a ``RowDocument`` makes of a row.
struct RowMember: Sendable {
    /// How the bytes of a column become a JSON value.
    enum Kind: Sendable {
        case text
        case decimal
        case integer
        case boolean
    }

    private enum Content: Sendable {
        case column(String, Kind)
        case object([RowMember])
    }

    private let name: String
    private let content: Content

    private init(_ name: String, _ content: Content) { (self.name, self.content) = (name, content) }

    /// A text; `column` is an SQL expression of type text, the name unless given.
    static func text(_ name: String, _ column: String? = nil) -> RowMember {
        RowMember(name, .column(column ?? name, .text))
    }

    /// An exact decimal, written as text, of a column of type numeric.
    static func decimal(_ name: String, _ column: String? = nil) -> RowMember {
        RowMember(name, .column(column ?? name, .decimal))
    }

    /// A whole number of a column of type smallint, integer or bigint.
    static func integer(_ name: String, _ column: String? = nil) -> RowMember {
        RowMember(name, .column(column ?? name, .integer))
    }

    /// A column of type boolean.
    static func boolean(_ name: String, _ column: String? = nil) -> RowMember {
        RowMember(name, .column(column ?? name, .boolean))
    }

    /// An object that is always there.
    static func object(_ name: String, _ members: [RowMember]) -> RowMember {
        RowMember(name, .object(members))
    }

    /// Texts in two languages, of two columns of type text.
    static func localized(_ name: String) -> RowMember {
        .object(name, [.text("en", "\(name)_en"), .text("zh", "\(name)_zh")])
    }

    /// Where a record was read from.
    static let source = RowMember.object("source", [.text("file", "source_file"), .text("locator", "source_locator")])
}

/// What is done to write a row, in order.
enum RowStep: Sendable {
    case open
    case close
    /// The name with its quotes and colon, before an object.
    case member([UInt8])
    /// The name, then the value of the next column.
    case value([UInt8], RowMember.Kind)
}

extension RowMember {
    /// The steps for an object of these members, and the columns that they take, in order.
    static func steps(_ members: [RowMember], _ columns: inout [String]) -> [RowStep] {
        var steps: [RowStep] = [.open]
        for member in members.sorted(by: { $0.name < $1.name }) {
            var name: [UInt8] = []
            JSONString.append(member.name, to: &name)
            name.append(UInt8(ascii: ":"))
            switch member.content {
            case .column(let column, let kind):
                columns.append(column)
                steps.append(.value(name, kind))
            case .object(let members):
                steps.append(.member(name))
                steps += Self.steps(members, &columns)
            }
        }
        return steps + [.close]
    }
}

extension RowMember.Kind {
    /// text, varchar, bpchar, name and unknown literals: what is UTF-8 on the wire.
    private static let textTypes: Set<UInt32> = [25, 1_043, 1_042, 19, 705]

    /// Appends the value of a cell that is not NULL.
    func append(_ cell: PostgresCell, to bytes: inout [UInt8]) throws {
        switch self {
        case .text:
            guard cell.typeOID == 25 || Self.textTypes.contains(cell.typeOID) else {
                throw cell.decodingError("not a text")
            }
            cell.withUnsafeBytes { JSONString.append($0 ?? UnsafeRawBufferPointer(start: nil, count: 0), to: &bytes) }
        case .decimal:
            JSONString.append(try ExactDecimal(PostgresNumeric(from: cell)).description, to: &bytes)
        case .integer:
            bytes.append(contentsOf: String(try Int64(from: cell)).utf8)
        case .boolean:
            bytes.append(contentsOf: (try Bool(from: cell) ? "true" : "false").utf8)
        }
    }
}
