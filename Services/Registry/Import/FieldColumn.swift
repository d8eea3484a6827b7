import DomainModel
import Tabular

/// The column of a field: checks its cells and writes them as members of a JSON object.
///
/// Most columns have few values, so what became of one is remembered; plain texts are looked at byte by byte and copied.
struct FieldColumn {
    /// What became of a cell.
    enum Outcome {
        /// It says nothing.
        case nothing
        /// It is written.
        case said
        /// It is to be sealed, and not written.
        case personal(AttributeValue)
        /// It is wrong.
        case refused(Conflict)
    }

    private enum Known {
        case json([UInt8])
        case fault(Conflict)
    }

    /// The field.
    let field: FieldDefinition
    /// Where it stands in the rows.
    let place: Int

    private let cells: CellText
    private let opening: [UInt8]
    private let isPlainText: Bool
    private let remembers: Bool
    private var known: [String: Known] = [:]
    private var faults = 0

    private static let rememberedMost = 20_000
    /// After so many different faults nobody is told any more what comes nearest: each look takes a millisecond.
    private static let suggestedMost = 200

    init(_ field: FieldDefinition, at place: Int, cells: CellText) {
        self.field = field
        self.place = place
        self.cells = cells
        opening = Array("\"\(field.code)\":".utf8)
        isPlainText = field.type == .text && field.pattern == nil && !field.isMany && field.privacy != .sealed
        remembers =
            ![.text, .identifier, .url, .mail, .telephone].contains(field.type) && field.privacy != .sealed
    }

    /// Reads a cell.
    ///
    /// - Parameters:
    ///   - cell: Its bytes.
    ///   - facts: What it is checked against.
    ///   - json: Where the member is written, a comma before it unless it is the first.
    /// - Returns: What became of it.
    mutating func read(
        _ cell: UnsafeBufferPointer<UInt8>,
        _ facts: RecordFacts,
        into json: inout JSONBytes
    ) -> Outcome {
        if cell.isEmpty { return .nothing }
        if isPlainText, isPlain(cell) {
            open(&json)
            json.append(text: cell)
            return .said
        }
        guard let text = cells.read(cell) else { return .nothing }
        if field.privacy == .sealed { return personal(text, facts) }
        if remembers, let known = known[text] { return tell(known, into: &json) }
        let found = check(text, facts)
        if remembers, known.count < Self.rememberedMost { known[text] = found }
        return tell(found, into: &json)
    }

    /// The checked value of a cell; `nil` when it says nothing, or something wrong.
    func value(_ cell: UnsafeBufferPointer<UInt8>, _ facts: RecordFacts) -> AttributeValue? {
        guard !cell.isEmpty, let text = cells.read(cell) else { return nil }
        return try? value(text, facts)
    }

    private mutating func personal(_ text: String, _ facts: RecordFacts) -> Outcome {
        do throws(Conflict.Found) {
            return .personal(try value(text, facts))
        } catch {
            faults += 1
            return .refused(error.conflict)
        }
    }

    private mutating func check(_ text: String, _ facts: RecordFacts) -> Known {
        var facts = facts
        facts.suggests = faults < Self.suggestedMost
        do throws(Conflict.Found) {
            var json = JSONBytes()
            json.append(try value(text, facts))
            return .json(json.bytes)
        } catch {
            faults += 1
            return .fault(error.conflict)
        }
    }

    private func value(_ text: String, _ facts: RecordFacts) throws(Conflict.Found) -> AttributeValue {
        let given: AttributeValue =
            field.isMany ? .list(cells.values(text).map { .text($0) }) : .text(text)
        return try field.read(given, facts)
    }

    private func tell(_ known: Known, into json: inout JSONBytes) -> Outcome {
        switch known {
        case .fault(let conflict): return .refused(conflict)
        case .json(let bytes):
            open(&json)
            json.append(bytes)
            return .said
        }
    }

    private func open(_ json: inout JSONBytes) {
        if json.bytes.count > 1 { json.append(UInt8(ascii: ",")) }
        json.append(opening)
    }

    /// Whether a text is stored as it stands: short enough, without blanks at its ends, control characters, or an
    /// apostrophe that may be a spreadsheet's. In doubt it is not.
    private func isPlain(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cell.count <= field.maximumLength, Self.beginsPlainly(cell[0]), cell[0] != UInt8(ascii: "'") else {
            return false
        }
        // A blank of Unicode has at most three bytes and begins with one of these.
        for byte in cell.suffix(3) where !Self.beginsPlainly(byte) { return false }
        return cell.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func beginsPlainly(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0xC2 && byte != 0xE1 && byte != 0xE2 && byte != 0xE3
    }
}
