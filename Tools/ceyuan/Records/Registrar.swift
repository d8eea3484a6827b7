import DomainModel
import PlatformClient

/// The register, as its service answers.
struct Registrar {
    let client: PlatformClient

    /// Reaches the register as a session does.
    init(_ session: Session) throws { client = try session.client(of: .registry) }

    /// Reaches the register through a client.
    init(_ client: PlatformClient) { self.client = client }

    /// The path of a record among those of its kind.
    static func path(_ kind: RegistryKind, _ key: String) -> String { "\(kind.path)/\(PercentEncoding.encode(key))" }

    /// The path of a record among all.
    static func path(_ key: String) -> String { "/v1/records/\(PercentEncoding.encode(key))" }

    /// A record as it is now.
    func read(_ key: String, of kind: RegistryKind) async throws -> RegistryRecord {
        try await client.get(Self.path(kind, key))
    }

    /// A record with a client for changes of just this version of it.
    func hold(_ key: String, of kind: RegistryKind) async throws -> (record: RegistryRecord, client: PlatformClient) {
        let reply: HTTPReply<RegistryRecord> = try await client.reply(get: Self.path(kind, key))
        return (reply.body, reply["ETag"].map(client.matching) ?? client)
    }

    /// What records may hold, with the fields that the office has added.
    func model() async throws -> RecordModel {
        let answer: ModelAnswer = try await client.get("/v1/record-model")
        return answer.model
    }
}

/// The model as the service answers it.
struct ModelAnswer: Codable, Sendable {
    struct Kind: Codable, Sendable {
        let kind: RegistryKind
        let title: LocalizedText
        let fields: [FieldDefinition]
    }

    let kinds: [Kind]
    let statements: [StatementDefinition]

    var model: RecordModel {
        let fields = Dictionary(kinds.map { ($0.kind, $0.fields) }, uniquingKeysWith: { first, _ in first })
        return RecordModel(fields: fields, statements: statements)
    }
}
