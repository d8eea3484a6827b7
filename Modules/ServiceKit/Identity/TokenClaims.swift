import JWTKit

/// What a token of an OpenID provider says. Source: RFC 7519 §4.1.
struct TokenClaims: JWTPayload {
    /// Who issued it (`iss`).
    var issuer: String?
    /// Whom it is for (`aud`): a text or a list.
    var audience: [String] = []
    /// When it ends, in seconds since 1970 (`exp`).
    var expiresAt: Double?
    /// Before when it is not valid (`nbf`).
    var notBefore: Double?
    /// When it was issued (`iat`).
    var issuedAt: Double?
    /// All claims that are texts, by name.
    var texts: [String: String] = [:]

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(
        texts: [String: String],
        audience: [String],
        expiresAt: Double?,
        notBefore: Double? = nil,
        issuedAt: Double? = nil
    ) {
        self.texts = texts
        self.issuer = texts["iss"]
        self.audience = audience
        self.expiresAt = expiresAt
        self.notBefore = notBefore
        self.issuedAt = issuedAt
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        func number(_ name: String) throws -> Double? {
            try container.decodeIfPresent(Double.self, forKey: Name(stringValue: name))
        }
        expiresAt = try number("exp")
        notBefore = try number("nbf")
        issuedAt = try number("iat")
        let aud = Name(stringValue: "aud")
        if let one = try? container.decode(String.self, forKey: aud) {
            audience = [one]
        } else {
            audience = try container.decodeIfPresent([String].self, forKey: aud) ?? []
        }
        for key in container.allKeys {
            if let text = try? container.decode(String.self, forKey: key) { texts[key.stringValue] = text }
        }
        issuer = texts["iss"]
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (name, text) in texts { try container.encode(text, forKey: Name(stringValue: name)) }
        if !audience.isEmpty { try container.encode(audience, forKey: Name(stringValue: "aud")) }
        try container.encodeIfPresent(expiresAt, forKey: Name(stringValue: "exp"))
        try container.encodeIfPresent(notBefore, forKey: Name(stringValue: "nbf"))
        try container.encodeIfPresent(issuedAt, forKey: Name(stringValue: "iat"))
    }

    /// Times, issuer and audience are checked by ``ProviderTokens``, which knows the clock.
    func verify(using algorithm: some JWTAlgorithm) {}
}
