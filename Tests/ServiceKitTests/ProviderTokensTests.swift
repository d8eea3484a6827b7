import Crypto
import DomainModel
import Foundation
import JWTKit
import Logging
import Synchronization
import Testing

@testable import ServiceKit

@Suite("Tokens of an OpenID provider")
struct ProviderTokensTests {
    private static let now = Instant("2026-07-01T00:00:00Z")!
    private static let time = Double(now.microsecondsSince1970) / 1_000_000

    /// A provider of the test's own: keys by name, and a count of how often its set was fetched.
    private final class Provider: Sendable {
        let ed = EdDSA.PrivateKeyPair()
        let fetches = Mutex(0)
        let document = Mutex("")
        let clock = Mutex(ProviderTokensTests.now)

        struct EdDSA {
            struct PrivateKeyPair: Sendable { let key = Curve25519.Signing.PrivateKey() }
        }

        var x: String { Self.base64URL(ed.key.publicKey.rawRepresentation) }

        static func base64URL(_ data: some Sequence<UInt8>) -> String {
            Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=",
                with: ""
            )
        }

        func publish(_ keys: String...) { document.withLock { $0 = "{\"keys\":[\(keys.joined(separator: ","))]}" } }

        func edKey(_ name: String = "ed") -> String {
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"\(name)\",\"x\":\"\(x)\",\"use\":\"sig\"}"
        }

        var tokens: ProviderTokens {
            let settings = ProviderSettings(
                issuer: "https://login.example.cn",
                audience: "ceyuan",
                source: .file("unused")
            )
            let clock = PlatformClock { self.clock.withLock { $0 } }
            let ring = KeyRing(clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
                self.fetches.withLock { $0 += 1 }
                return Array(self.document.withLock { $0 }.utf8)
            }
            return ProviderTokens(settings: settings, ring: ring, clock: clock)
        }

        func later(seconds: Int64) {
            clock.withLock { $0 = Instant(microsecondsSince1970: $0.microsecondsSince1970 + seconds * 1_000_000) }
        }

        /// A token with any header and claims, signed by the Ed25519 key.
        func sign(_ header: String, _ claims: String) throws -> String {
            let text = Self.base64URL(header.utf8) + "." + Self.base64URL(claims.utf8)
            return text + "." + Self.base64URL(try ed.key.signature(for: Data(text.utf8)))
        }
    }

    private static let header = #"{"alg":"EdDSA","kid":"ed","typ":"JWT"}"#

    private static func claims(
        iss: String? = "https://login.example.cn",
        aud: String = #""ceyuan""#,
        sub: String? = "42",
        exp: Double? = time + 300,
        nbf: Double? = nil,
        iat: Double? = time
    ) -> String {
        let members = [
            iss.map { "\"iss\":\"\($0)\"" }, "\"aud\":\(aud)", sub.map { "\"sub\":\"\($0)\"" },
            exp.map { "\"exp\":\($0)" }, nbf.map { "\"nbf\":\($0)" }, iat.map { "\"iat\":\($0)" },
        ]
        return "{\(members.compactMap { $0 }.joined(separator: ","))}"
    }

    private static func code(_ tokens: ProviderTokens, _ token: String) async -> String {
        do {
            return "let in \(try await tokens.check(token).subject)"
        } catch let problem as Problem {
            return problem.code.id
        } catch {
            return "\(error)"
        }
    }

    @Test("a good token proves its subject until its end and the leeway")
    func good() async throws {
        let provider = Provider()
        provider.publish(provider.edKey())
        let tokens = provider.tokens
        for aud in [#""ceyuan""#, #"["other","ceyuan"]"#] {
            let proof = try await tokens.check(try provider.sign(Self.header, Self.claims(aud: aud)))
            #expect(proof.subject == "42")
            #expect(proof.issuer == "https://login.example.cn")
            #expect(proof.expiresAt == Instant("2026-07-01T00:06:00Z"))
        }
        #expect(provider.fetches.withLock { $0 } == 1)
    }

    @Test("claims that are wrong, missing or out of time are refused")
    func claims() async throws {
        let provider = Provider()
        provider.publish(provider.edKey())
        let tokens = provider.tokens
        let invalid = [
            Self.claims(iss: "https://evil.example"), Self.claims(iss: "https://login.example.cn/"),
            Self.claims(iss: nil), Self.claims(aud: #""other""#), Self.claims(aud: "[]"), Self.claims(sub: nil),
            Self.claims(sub: ""), Self.claims(exp: nil), Self.claims(exp: -1), Self.claims(exp: 1e300),
            Self.claims(nbf: Self.time + 61), Self.claims(iat: Self.time + 61), "{}", "[]", "null", "not JSON",
            #"{"exp":"tomorrow"}"#,
        ]
        for text in invalid {
            #expect(await Self.code(tokens, try provider.sign(Self.header, text)) == "TOKEN_INVALID", "\(text)")
        }
        let expired = try provider.sign(Self.header, Self.claims(exp: Self.time - 60))
        #expect(await Self.code(tokens, expired) == "TOKEN_EXPIRED")
        // Clocks may differ by a minute.
        for text in [Self.claims(exp: Self.time - 59), Self.claims(nbf: Self.time + 60)] {
            #expect(await Self.code(tokens, try provider.sign(Self.header, text)) == "let in 42")
        }
    }

    @Test("headers that name another algorithm, another type or an unknown extension are refused")
    func headers() async throws {
        let provider = Provider()
        provider.publish(provider.edKey())
        let tokens = provider.tokens
        for header in [
            #"{"alg":"none","kid":"ed"}"#, #"{"alg":"None","kid":"ed"}"#, #"{"alg":"HS256","kid":"ed"}"#,
            #"{"alg":"ES256","kid":"ed"}"#, #"{"alg":"eddsa","kid":"ed"}"#, #"{"kid":"ed"}"#, #"{"alg":"EdDSA"}"#,
            #"{"alg":"EdDSA","kid":""}"#, #"{"alg":"EdDSA","kid":"ed","typ":"secevent+jwt"}"#,
            #"{"alg":"EdDSA","kid":"ed","crit":["b64"],"b64":false}"#, #"{"alg":["EdDSA"],"kid":"ed"}"#, "{}", "",
        ] {
            let token = try provider.sign(header, Self.claims())
            #expect(await Self.code(tokens, token) == "TOKEN_INVALID", "\(header)")
        }
        // No signature at all, with every spelling of the algorithm “none”.
        let body = Provider.base64URL(Self.claims().utf8)
        for alg in ["none", "NONE", "nOnE", "EdDSA"] {
            let header = Provider.base64URL("{\"alg\":\"\(alg)\",\"kid\":\"ed\"}".utf8)
            #expect(await Self.code(tokens, "\(header).\(body).") == "TOKEN_INVALID")
        }
    }

    @Test("a secret made of the public key does not sign: HS256 over an RSA key")
    func algorithmConfusion() async throws {
        let provider = Provider()
        let rsa = try await RSAKeys.make()
        provider.publish(rsa.wire(name: "rsa", alg: "RS256"))
        let tokens = provider.tokens
        let claims = TokenClaims(
            texts: ["iss": "https://login.example.cn", "sub": "42"],
            audience: ["ceyuan"],
            expiresAt: Self.time + 300
        )
        let good = try await rsa.keys.sign(claims, kid: "rsa", header: ["typ": .string("JWT")])
        #expect(await Self.code(tokens, good) == "let in 42")
        for secret in [rsa.pem, rsa.pem.trimmingCharacters(in: .newlines), rsa.modulus] {
            let text =
                Provider.base64URL(#"{"alg":"HS256","kid":"rsa","typ":"JWT"}"#.utf8) + "."
                + Provider.base64URL(Self.claims().utf8)
            let code = HMAC<SHA256>.authenticationCode(
                for: Data(text.utf8),
                using: SymmetricKey(data: Data(secret.utf8))
            )
            #expect(await Self.code(tokens, "\(text).\(Provider.base64URL(code))") == "TOKEN_INVALID")
        }
        // The right key with another of its own algorithms is refused as well: one algorithm a key.
        let other = try await rsa.other.sign(claims, kid: "rsa", header: ["typ": .string("JWT")])
        #expect(await Self.code(tokens, other) == "TOKEN_INVALID")
    }

    @Test("tampered, cut and overlong tokens are refused")
    func damaged() async throws {
        let provider = Provider()
        provider.publish(provider.edKey())
        let tokens = provider.tokens
        let good = try provider.sign(Self.header, Self.claims())
        #expect(await Self.code(tokens, good) == "let in 42")
        for count in stride(from: 0, to: good.count, by: 7) {
            #expect(await Self.code(tokens, String(good.prefix(count))) == "TOKEN_INVALID")
        }
        let parts = good.split(separator: ".").map(String.init)
        let forged = Provider.base64URL(Self.claims(sub: "1").utf8)
        for text in [
            "\(parts[0]).\(forged).\(parts[2])", "\(good).\(parts[2])", "..", "...", ".\(parts[1]).\(parts[2])",
            "\(parts[0])=.\(parts[1]).\(parts[2])", good + "=", " " + good,
        ] {
            #expect(await Self.code(tokens, text) == "TOKEN_INVALID", "\(text)")
        }
        let other = Provider()
        #expect(await Self.code(tokens, try other.sign(Self.header, Self.claims())) == "TOKEN_INVALID")
    }

    @Test("an unknown name fetches the set once in a while, and finds a new key; a key taken away is forgotten")
    func rotation() async throws {
        let provider = Provider()
        provider.publish(provider.edKey("old"))
        let tokens = provider.tokens
        let old = try provider.sign(#"{"alg":"EdDSA","kid":"old"}"#, Self.claims(exp: Self.time + 3_600))
        let new = try provider.sign(#"{"alg":"EdDSA","kid":"new"}"#, Self.claims(exp: Self.time + 3_600))
        #expect(await Self.code(tokens, old) == "let in 42")
        provider.publish(provider.edKey("new"))
        // Invented names do not make us ask again and again.
        for turn in 0..<20 {
            let header = "{\"alg\":\"EdDSA\",\"kid\":\"invented \(turn)\"}"
            #expect(await Self.code(tokens, try provider.sign(header, Self.claims())) == "TOKEN_INVALID")
        }
        #expect(provider.fetches.withLock { $0 } == 1)
        provider.later(seconds: 30)
        #expect(await Self.code(tokens, new) == "let in 42")
        #expect(provider.fetches.withLock { $0 } == 2)
        #expect(await Self.code(tokens, old) == "TOKEN_INVALID")
        provider.later(seconds: 300)
        #expect(await Self.code(tokens, new) == "let in 42")
        #expect(provider.fetches.withLock { $0 } == 3)
    }

    @Test("a provider that is away: the keys of before go on, and without any the answer is 503")
    func away() async throws {
        let provider = Provider()
        let tokens = provider.tokens
        let token = try provider.sign(Self.header, Self.claims(exp: Self.time + 3_600))
        #expect(await Self.code(tokens, token) == "UPSTREAM_UNAVAILABLE")
        provider.publish(provider.edKey())
        provider.later(seconds: 30)
        #expect(await Self.code(tokens, token) == "let in 42")
        provider.document.withLock { $0 = "<html>" }
        provider.later(seconds: 600)
        #expect(await Self.code(tokens, token) == "let in 42")
    }

    @Test("of a set, keys that are secret, short, for encryption or twice there are passed over")
    func weakKeys() async throws {
        let provider = Provider()
        provider.publish(
            #"{"kty":"oct","kid":"secret","k":"c2VjcmV0","alg":"HS256"}"#,
            #"{"kty":"RSA","kid":"short","n":"AQAB","e":"AQAB"}"#,
            #"{"kty":"OKP","crv":"Ed25519","kid":"enc","x":"\#(provider.x)","use":"enc"}"#,
            #"{"kty":"OKP","crv":"Ed25519","kid":"none","x":"\#(provider.x)","alg":"none"}"#,
            provider.edKey("twice"),
            provider.edKey("twice"),
            "7",
            "null",
            provider.edKey()
        )
        let tokens = provider.tokens
        for name in ["secret", "short", "enc", "none", "twice"] {
            for alg in ["EdDSA", "HS256", "RS256", "none"] {
                let header = "{\"alg\":\"\(alg)\",\"kid\":\"\(name)\"}"
                #expect(await Self.code(tokens, try provider.sign(header, Self.claims())) == "TOKEN_INVALID")
            }
        }
        #expect(await Self.code(tokens, try provider.sign(Self.header, Self.claims())) == "let in 42")
    }
}
