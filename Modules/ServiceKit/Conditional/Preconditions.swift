import HTTPTypes
import Hummingbird

/// What a request says about the version that it has seen, settled around the handler.
///
/// Reading: an answer gets its tag, and becomes 304 when the caller has it
/// already. Writing: `If-Match` and `If-None-Match` are compared with what GET
/// answers at the same path, before the handler runs. Between that look and the
/// write somebody else may write; a handler that must exclude it calls
/// ``APIRequest/match(_:)`` in its transaction.
///
/// Source: RFC 9110 §13.1 and §13.2.2 (order of evaluation).
enum Preconditions {
    /// Compares a change's conditions with the present state.
    ///
    /// - Parameters:
    ///   - headers: Of the change.
    ///   - current: The present version, or `nil` when GET finds nothing.
    /// - Throws: ``Problem`` `PRECONDITION_FAILED`.
    static func check(_ headers: HTTPFields, current: () async throws -> EntityTag?) async throws {
        let (match, noneMatch) = (headers[.ifMatch], headers[.ifNoneMatch])
        guard match != nil || noneMatch != nil else { return }
        let tag = try await current()
        if let match, !EntityTagList(match).contains(tag, weakly: false) { throw Problem.preconditionFailed(tag) }
        if let noneMatch, EntityTagList(noneMatch).contains(tag, weakly: true) { throw Problem.preconditionFailed(tag) }
    }

    /// An answer to GET or HEAD with its tag, or 304 in its place.
    static func settle(_ response: APIResponse, _ headers: HTTPFields) throws -> APIResponse {
        guard response.status == .ok else { return response }
        var response = response
        if response.headers[.cacheControl] == nil {
            // Kept by the caller alone, and asked about before each use: permissions may change.
            response.headers[.cacheControl] = "private, no-cache"
        }
        guard let tag = response.entityTag else { return response }
        response.headers[.eTag] = tag.description
        if let match = headers[.ifMatch], !EntityTagList(match).contains(tag, weakly: false) {
            throw Problem.preconditionFailed(tag)
        }
        guard let noneMatch = headers[.ifNoneMatch], EntityTagList(noneMatch).contains(tag, weakly: true) else {
            return response
        }
        var kept = response.headers
        for name in [HTTPField.Name.contentType, .contentDisposition, .contentEncoding] { kept[name] = nil }
        return .empty(.notModified, headers: kept)
    }
}

extension APIResponse {
    /// The version that the answer shows: what the handler says, else made from the bytes; none for what is not to be
    /// stored, and for streams.
    var entityTag: EntityTag? {
        if let given = headers[.eTag] {
            guard case .tags(let tags, _) = EntityTagList(given) else { return nil }
            return tags.first
        }
        guard case .bytes(let bytes) = body, headers[.cacheControl] != "no-store" else { return nil }
        return EntityTag(of: bytes)
    }
}
