import FoundationEssentials
import JWTKit

/// A public key of an OpenID provider with the one algorithm that it is used with.
///
/// Source: RFC 7517 (JSON Web Key), RFC 7518 §3.1 and §6, RFC 8037; RFC 8725 §3.1: an algorithm belongs to the key, and
/// what a token's header says is only compared with it.
struct SigningKey: Sendable {
    /// The key's name in the set.
    let identifier: String
    /// The algorithm: `RS256`, `ES256`, `EdDSA`, …
    let algorithm: String
    private let keys: JWTKeyCollection

    /// A key of a set as it is written.
    private struct Wire: Decodable {
        var kty: String?
        var kid: String?
        var alg: String?
        var use: String?
        var crv: String?
        var n: String?
        var e: String?
        var x: String?
        var y: String?
    }

    /// Whatever stands in a set; keys of kinds that are not known here are passed over.
    private struct Entry: Decodable {
        let wire: Wire?

        init(from decoder: any Decoder) throws { wire = try? Wire(from: decoder) }
    }

    private struct Document: Decodable {
        let keys: [Entry]
    }

    /// Reads a key set.
    ///
    /// - Returns: The keys that may check signatures here: RSA of 2048 bits and more, the NIST curves, Ed25519. Secret
    ///   keys (`oct`) never do.
    /// - Throws: `DecodingError` when it is no key set.
    static func read(_ document: [UInt8]) async throws -> [SigningKey] {
        var found: [SigningKey] = []
        for entry in try JSONDecoder().decode(Document.self, from: Data(document)).keys {
            guard let wire = entry.wire, let key = try? await SigningKey(wire) else { continue }
            found.append(key)
        }
        return found
    }

    private struct Unusable: Error {}

    private init(_ wire: Wire) async throws {
        guard let identifier = wire.kid, !identifier.isEmpty, wire.use ?? "sig" == "sig" else { throw Unusable() }
        let name = JWKIdentifier(string: identifier)
        let key: JWK
        switch (wire.kty, wire.alg, wire.crv) {
        case ("RSA", let alg, _):
            guard let algorithm = JWK.Algorithm(rawValue: alg ?? "RS256"),
                ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].contains(algorithm.rawValue),
                // Base64 of 256 bytes has 342 symbols.
                let n = wire.n, n.utf8.count >= 342, let e = wire.e
            else { throw Unusable() }
            key = .rsa(algorithm, identifier: name, modulus: n, exponent: e)
        case ("EC", let alg, let curve?):
            let pinned: (JWK.Algorithm, ECDSACurve)
            switch curve {
            case "P-256": pinned = (.es256, .p256)
            case "P-384": pinned = (.es384, .p384)
            case "P-521": pinned = (.es512, .p521)
            default: throw Unusable()
            }
            guard alg ?? pinned.0.rawValue == pinned.0.rawValue else { throw Unusable() }
            key = .ecdsa(pinned.0, identifier: name, x: wire.x, y: wire.y, curve: pinned.1)
        case ("OKP", let alg, "Ed25519"):
            guard alg ?? "EdDSA" == "EdDSA" else { throw Unusable() }
            key = .octetKeyPair(.eddsa, identifier: name, x: wire.x, y: nil, curve: .ed25519)
        default:
            throw Unusable()
        }
        self.identifier = identifier
        self.algorithm = key.algorithm?.rawValue ?? ""
        keys = JWTKeyCollection()
        try await keys.add(jwk: key)
    }

    /// The claims of a token that this key signed.
    ///
    /// - Throws: An error when the signature is not this key's, or the token is damaged.
    func verify(_ token: String) async throws -> TokenClaims { try await keys.verify(token, as: TokenClaims.self) }
}
