import DomainModel
import PlatformClient

/// What tests send about records, and what they read of a refusal.
enum Sent {
    struct Record: Encodable {
        var key: String?
        var from: String?
        var reason: String?
        var attributes: Attributes
    }

    struct Patch: Encodable {
        var from: String?
        var isCorrection: Bool?
        var reason: String?
        var attributes: [String: AttributeValue?]
    }

    struct Statement: Encodable {
        var type: String
        var object: String?
        var term: String?
        var share: String?
        var from: String?
        var until: String?
        var attributes: Attributes?
        var reason: String?
    }

    struct Ending: Encodable {
        var until: String?
        var from: String?
        var share: String?
        var reason: String
    }

    /// The page of a record, in part.
    struct Around: Decodable {
        let record: RegistryRecord
        let statements: [RegistryStatement]
        let incoming: [RegistryStatement]
        let related: [RelatedName]
    }

    /// The problem that something meets.
    static func refusal(_ body: () async throws -> some Any) async -> ProblemDetails? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)
        }
    }

    /// The conflicts of a problem.
    static func codes(_ details: ProblemDetails?) -> [ConflictCode] {
        (details?.member("conflicts", as: [Conflict].self) ?? []).map(\.code)
    }
}
