import HTTPTypes
import Storage

/// Decides at the route whether a caller is let in.
///
/// Source of the challenges: RFC 6750 §3 and §3.1, RFC 9110 §11.6.1.
struct AccessCheck: Sendable {
    let authenticator: any Authenticator

    /// Longest token that is looked at, in bytes; tokens of OpenID providers are some kilobytes.
    static let longestToken = 8_192

    /// Who calls, and what they may do.
    struct Admission: Sendable {
        let principal: Principal
        let authority: Authority?
    }

    /// Lets a caller in, or says why not.
    ///
    /// - Throws: ``Problem``: `AUTHENTICATION_REQUIRED`, `TOKEN_INVALID`, `TOKEN_EXPIRED`, `PERMISSION_DENIED`.
    func admit(_ headers: HTTPFields, to route: Route) async throws -> Admission {
        if route.permission == .public { return Admission(principal: .anonymous, authority: nil) }
        let authority = try await authenticator.authority(of: try Self.bearer(in: headers))
        guard let regions = authority.regions(for: route.permission) else {
            throw Problem.denied(route.permission, to: authority)
        }
        return Admission(principal: Principal(id: authority.principal, regions: regions), authority: authority)
    }

    /// The token of a header.
    ///
    /// - Throws: ``Problem``: `AUTHENTICATION_REQUIRED` when there is none, `TOKEN_INVALID` when it cannot be one.
    static func bearer(in headers: HTTPFields) throws -> String {
        let fields = headers[values: .authorization]
        guard let field = fields.first else { throw Problem.unauthenticated() }
        let words = field.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
        guard fields.count == 1, words.first.map({ Substring($0).lowercased() }) == "bearer" else {
            throw Problem.unauthenticated()
        }
        guard words.count == 2, words[1].count <= longestToken, words[1].allSatisfy(isTokenByte) else {
            throw Problem.tokenInvalid()
        }
        return String(Substring(words[1]))
    }

    // RFC 6750 §2.1: b64token.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/=".utf8.contains(byte)
        }
    }
}
