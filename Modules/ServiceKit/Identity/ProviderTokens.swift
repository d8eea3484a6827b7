import DomainModel
import FoundationEssentials

/// Checks the tokens of an OpenID provider.
///
/// Source: RFC 7519 §7.2, RFC 8725 §3 (best current practices), RFC 9068 §4 for `typ`.
struct ProviderTokens: Sendable {
    let settings: ProviderSettings
    let ring: KeyRing
    let clock: PlatformClock

    /// Who a token is about, as the provider names them, and until when.
    struct Proof: Sendable {
        let issuer: String
        let subject: String
        let expiresAt: Instant
    }

    /// The header of a token; members that are not listed have no effect here.
    private struct Header: Decodable {
        var alg: String?
        var kid: String?
        var typ: String?
        var crit: [String]?
    }

    /// Checks a token.
    ///
    /// - Throws: ``Problem``: `TOKEN_INVALID`, `TOKEN_EXPIRED`, `UPSTREAM_UNAVAILABLE`.
    func check(_ token: String) async throws -> Proof {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.allSatisfy(Self.isSymbol), let bytes = Self.decode(parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: bytes), header.crit == nil,
            ["jwt", "at+jwt", "application/at+jwt"].contains(header.typ?.lowercased() ?? "jwt"),
            let name = header.kid, let key = try await ring.key(name), header.alg == key.algorithm
        else { throw Problem.tokenInvalid() }
        let claims: TokenClaims
        do {
            claims = try await key.verify(token)
        } catch {
            throw Problem.tokenInvalid()
        }
        let now = Double(clock.now.microsecondsSince1970) / 1_000_000
        let leeway = Double(settings.leewaySeconds)
        guard claims.issuer == settings.issuer, claims.audience.contains(settings.audience),
            claims.notBefore ?? now <= now + leeway, claims.issuedAt ?? now <= now + leeway,
            // Beyond this a time is none: 9999-12-31.
            let end = claims.expiresAt, end > 0, end < 253_402_300_800,
            let subject = claims.texts[settings.claim], !subject.isEmpty
        else { throw Problem.tokenInvalid() }
        guard now < end + leeway else { throw Problem.tokenExpired() }
        let expiresAt = Instant(microsecondsSince1970: Int64((end + leeway) * 1_000_000))
        return Proof(issuer: settings.issuer, subject: subject, expiresAt: expiresAt)
    }

    // Padding and the symbols of plain base64 would be other spellings of the same token.
    private static func isSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_.".utf8.contains(byte)
        }
    }

    // RFC 7515 §2: base64url without padding.
    private static func decode(_ text: Substring) -> Data? {
        var base64 = String(text).replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64)
    }
}
