import DomainModel
import FoundationEssentials
import PersonalData
import PostgresClient

/// A row of a record's page: what its columns mean depends on the part. Nothing is read before it is asked for.
struct PageLine: Sendable {
    enum Part: Int32 {
        case record, about, incoming, related, field, key, recording
    }

    let part: Part
    let number: Int64
    private let row: PostgresRow

    /// The columns of all parts, in order.
    enum Column: Int {
        case part, number, type, subject, object, term, share, from, until, attributes, recording
    }

    init(_ row: PostgresRow) throws {
        let code = try Int32(from: row.cell(at: Column.part.rawValue))
        guard let known = Part(rawValue: code) else { throw StorageError.outOfRange(String(code)) }
        part = known
        number = try Int64(from: row.cell(at: Column.number.rawValue))
        self.row = row
    }

    /// The cell of a column.
    func cell(_ column: Column) -> PostgresCell { row.cell(at: column.rawValue) }

    /// The text of a column that always has one.
    func text(_ column: Column) throws -> String { try String(from: cell(column)) }

    /// The text of a column, or `nil`.
    func optional(_ column: Column) throws -> String? { try String?(from: cell(column)) }

    /// The number of the recording that it was said by.
    var recording: Int64 { get throws { try Int64(from: cell(.recording)) } }

    /// The record: its state is where a statement has its object, the state of its version where one has its term.
    func record(_ recordings: [Int64: PageRecording]) throws -> RegistryRecord {
        let ended = try stored(RecordState.self, text(.object))
        return RegistryRecord(
            key: try text(.subject),
            kind: try stored(RegistryKind.self, text(.type)),
            // Nothing is believed of a merged record any more: what is found was believed before.
            state: ended == .erased ? ended : try stored(RecordState.self, text(.term)),
            version: number,
            from: try optional(.from).flatMap { try CivilDate.stored(first: $0) },
            until: try optional(.until).map { try CivilDate.stored($0) },
            recorded: try PageRecording.find(recording, in: recordings).value,
            attributes: try Attributes.stored(text(.attributes))
        )
    }

    /// Appends the record at the other end of a statement, as `CanonicalJSON` writes a `RelatedName`; the name is where a
    /// statement has its object.
    func appendRelated(to bytes: inout [UInt8]) throws {
        bytes += Self.relatedKey
        try RowMember.Kind.text.append(cell(.subject), to: &bytes)
        bytes += Self.relatedKind
        try RowMember.Kind.text.append(cell(.type), to: &bytes)
        if !cell(.object).isNull {
            bytes += Self.relatedName
            try RowMember.Kind.text.append(cell(.object), to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static let relatedKey = Array(#"{"key":"#.utf8)
    private static let relatedKind = Array(#","kind":"#.utf8)
    private static let relatedName = Array(#","name":"#.utf8)

    /// The key of sealed values: its master is where a statement has its object, its bytes are where one has its term.
    func held() throws -> RecordKeyStore.Held {
        let bytes = Data(base64Encoded: try text(.term).filter { !$0.isNewline }) ?? Data()
        return RecordKeyStore.Held(
            record: number,
            name: "\(try text(.type))/\(try text(.subject))",
            key: WrappedKey(master: try text(.object), bytes: [UInt8](bytes))
        )
    }
}

/// A recording that statements of a page share, read and written once.
struct PageRecording: Sendable {
    let value: Recording
    /// As `CanonicalJSON` writes it.
    let bytes: [UInt8]

    /// Who is where a statement has its type, why is where it has its subject; then the source, the instant, the batch.
    init(_ line: PageLine) throws {
        let at = try line.optional(.from)
        guard let instant = Instant(at ?? "") ?? (at == nil ? Instant(microsecondsSince1970: .max) : nil) else {
            throw StorageError.outOfRange(at ?? "")
        }
        let (file, locator) = (try line.optional(.object), try line.optional(.term))
        value = Recording(
            at: instant,
            principal: try line.text(.type),
            reason: try line.text(.subject),
            source: file.flatMap { file in locator.map { Source(file: file, locator: $0) } },
            batch: try line.optional(.until).flatMap { Int64($0) }
        )
        bytes = Array(try CanonicalJSON.encode(value))
    }

    /// The recording of a number.
    ///
    /// - Throws: ``StorageError`` when the page lacks it.
    static func find(_ number: Int64, in recordings: [Int64: PageRecording]) throws -> PageRecording {
        guard let found = recordings[number] else { throw StorageError.missing("recording \(number)") }
        return found
    }
}
