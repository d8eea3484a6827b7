public import DomainModel
import PostgresClient

/// A statement of a record's page as the database has it: a value for those who look into it, or bytes at once.
public struct PageStatement: Sendable {
    let line: PageLine
    let recording: PageRecording

    /// The statement with all that it says.
    ///
    /// - Throws: `PostgresError`, ``StorageError`` when the database holds what this program does not know.
    public func value() throws -> RegistryStatement {
        RegistryStatement(
            number: line.number,
            type: try line.text(.type),
            subject: try line.text(.subject),
            object: try line.optional(.object),
            term: try line.optional(.term),
            share: try line.optional(.share).map { text in
                guard let share = ExactDecimal(text) else { throw StorageError.outOfRange(text) }
                return share
            },
            from: try line.optional(.from).map { try CivilDate.stored($0) },
            until: try line.optional(.until).map { try CivilDate.stored($0) },
            recorded: recording.value,
            attributes: try Attributes.stored(line.text(.attributes))
        )
    }

    /// Appends the statement with the values about persons kept back, as `CanonicalJSON` writes it.
    ///
    /// - Returns: Whether it was written: a statement that has sealed values, of which there is more to say, is not.
    /// - Throws: `PostgresError`.
    public func appendMasked(to bytes: inout [UInt8]) throws -> Bool {
        let hidden = PageHiding.byType[try line.text(.type)] ?? PageHiding()
        return try line.cell(.attributes).withUnsafeBytes { text in
            guard let text, let object = StoredObject(text), !hidden.sealed.contains(where: object.has) else {
                return false
            }
            bytes += Self.attributes
            object.append(to: &bytes, without: hidden.personal)
            try append(.from, as: Self.from, to: &bytes)
            bytes += Self.masked
            append(hidden.personal.filter(object.has), to: &bytes)
            bytes += Self.number
            bytes += String(line.number).utf8
            try append(.object, as: Self.object, to: &bytes)
            bytes += Self.recorded
            bytes += recording.bytes
            try append(.share, as: Self.share, to: &bytes)
            try append(.subject, as: Self.subject, to: &bytes)
            try append(.term, as: Self.term, to: &bytes)
            try append(.type, as: Self.type, to: &bytes)
            try append(.until, as: Self.until, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
            return true
        }
    }

    private func append(_ column: PageLine.Column, as name: [UInt8], to bytes: inout [UInt8]) throws {
        let cell = line.cell(column)
        if cell.isNull { return }
        bytes += name
        try RowMember.Kind.text.append(cell, to: &bytes)
    }

    private func append(_ names: [[UInt8]], to bytes: inout [UInt8]) {
        for (place, name) in names.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            bytes += name
            bytes.append(UInt8(ascii: "\""))
        }
    }

    // What stands between the values, in the order of the members' names.
    private static let attributes = Array(#"{"attributes":"#.utf8)
    private static let from = Array(#","from":"#.utf8)
    private static let masked = Array(#","masked":["#.utf8)
    private static let number = Array(#"],"masks":{},"number":"#.utf8)
    private static let object = Array(#","object":"#.utf8)
    private static let recorded = Array(#","recorded":"#.utf8)
    private static let share = Array(#","share":"#.utf8)
    private static let subject = Array(#","subject":"#.utf8)
    private static let term = Array(#","term":"#.utf8)
    private static let type = Array(#","type":"#.utf8)
    private static let until = Array(#","until":"#.utf8)
}

/// Which fields of a kind of statement are kept back.
private struct PageHiding {
    /// Those that are left out, and named.
    var personal: [[UInt8]] = []
    /// Those of which a mask is shown.
    var sealed: [[UInt8]] = []

    /// By the kind of statement; kinds are not added to, unlike fields of records.
    static let byType = Dictionary(
        uniqueKeysWithValues: RecordModel.standard.statements.map { definition in
            func codes(_ privacy: PrivacyClass) -> [[UInt8]] {
                definition.fields.filter { $0.privacy == privacy }.map { Array($0.code.utf8) }
            }
            return (definition.code, PageHiding(personal: codes(.personal), sealed: codes(.sealed)))
        }
    )
}
