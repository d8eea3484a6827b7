import DomainModel
import FoundationEssentials
import PersonalData
import PostgresClient

/// A row of a record's page: what its columns mean depends on the part.
struct PageLine {
    enum Part: Int32 {
        case record, about, incoming, related, field, key
    }

    let part: Part
    let number: Int64
    let type: String
    let subject: String
    let object: String?
    let term: String?
    let share: PostgresNumeric?
    let from: String?
    let until: String?
    let attributes: String
    let recorded: Recording

    init(_ row: PostgresRow) throws {
        let (
            part, number, type, subject, object, term, share, from, until, attributes, at, principal, reason, file,
            locator,
            batch
        ) = try row.decode(
            (
                Int32, Int64, String, String, String?, String?, PostgresNumeric?, String?, String?, String,
                PostgresTimestamp?, String?, String?, String?, String?, Int64?
            ).self
        )
        guard let known = Part(rawValue: part) else { throw StorageError.outOfRange(String(part)) }
        self.part = known
        self.number = number
        self.type = type
        self.subject = subject
        self.object = object
        self.term = term
        self.share = share
        self.from = from
        self.until = until
        self.attributes = attributes
        recorded = Recording(at, principal ?? "", reason ?? "", file, locator, batch)
    }

    /// The record: its state is where a statement has its object, the state of its version where one has its term.
    func record() throws -> RegistryRecord {
        let ended = try stored(RecordState.self, object ?? "")
        return RegistryRecord(
            key: subject,
            kind: try stored(RegistryKind.self, type),
            // Nothing is believed of a merged record any more: what is found was believed before.
            state: ended == .erased ? ended : try stored(RecordState.self, term ?? ""),
            version: number,
            from: try from.flatMap { try CivilDate.stored(first: $0) },
            until: try until.map { try CivilDate.stored($0) },
            recorded: recorded,
            attributes: try CanonicalJSON.decode(Attributes.self, from: attributes)
        )
    }

    func statement() throws -> RegistryStatement {
        RegistryStatement(
            number: number,
            type: type,
            subject: subject,
            object: object,
            term: term,
            share: try share.map { try ExactDecimal($0).normalized },
            from: try from.map { try CivilDate.stored($0) },
            until: try until.map { try CivilDate.stored($0) },
            recorded: recorded,
            attributes: attributes == "{}" ? [:] : try CanonicalJSON.decode(Attributes.self, from: attributes)
        )
    }

    func related() throws -> RelatedName {
        RelatedName(key: subject, kind: try stored(RegistryKind.self, type), name: object)
    }

    /// The key of sealed values: its master is where a statement has its object, its bytes are where one has its term.
    var held: RecordKeyStore.Held {
        let bytes = Data(base64Encoded: (term ?? "").filter { !$0.isNewline }) ?? Data()
        return RecordKeyStore.Held(
            record: number,
            name: "\(type)/\(subject)",
            key: WrappedKey(master: object ?? "", bytes: [UInt8](bytes))
        )
    }
}
