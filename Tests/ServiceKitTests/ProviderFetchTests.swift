import Crypto
import DomainModel
import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Testing

@testable import ServiceKit

/// The key set of an OpenID provider over HTTP: its changes, its absence, its misbehaviour.
@Suite("Keys of an OpenID provider over HTTP", .timeLimit(.minutes(5)))
struct ProviderFetchTests {
    /// A clock that a test sets.
    private final class Watch: Sendable {
        private let instant = Mutex(Instant("2026-07-01T00:00:00Z")!)
        var clock: PlatformClock { PlatformClock { self.instant.withLock { $0 } } }
        func later(seconds: Int64) {
            instant.withLock { $0 = Instant(microsecondsSince1970: $0.microsecondsSince1970 + seconds * 1_000_000) }
        }
    }

    private static func set(_ names: String...) -> String {
        let keys = names.map { name in
            let x = Data(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            return #"{"kty":"OKP","crv":"Ed25519","kid":"\#(name)","x":"\#(x)","use":"sig"}"#
        }
        return #"{"keys":[\#(keys.joined(separator: ","))]}"#
    }

    private static func ring(_ address: String, _ watch: Watch, timeout: Duration = .seconds(10)) -> KeyRing {
        var settings = ProviderSettings(issuer: "https://i", audience: "a", source: .address(address))
        settings.timeout = timeout
        let fixed = settings
        return KeyRing(clock: watch.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            try await fixed.fetch()
        }
    }

    private static func code(_ ring: KeyRing, _ name: String) async -> String {
        do {
            return try await ring.key(name) == nil ? "unknown" : "known"
        } catch let problem as Problem {
            return problem.code.id
        } catch {
            return "\(error)"
        }
    }

    @Test("a changed set is fetched when a new name comes, and what was taken away is forgotten in time")
    func rotation() async throws {
        let document = Document(Self.set("old"))
        let receiver = Receiver { _, _ in
            Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: document.text)))
        }
        try await receiver.run { port in
            let watch = Watch()
            let ring = Self.ring("http://127.0.0.1:\(port)/jwks", watch)
            #expect(await Self.code(ring, "old") == "known")
            #expect(receiver.received.map(\.path) == ["/jwks"])
            document.text = Self.set("new")
            // Nobody can make the provider be asked for every invented name.
            #expect(await Self.code(ring, "new") == "unknown")
            #expect(receiver.received.count == 1)
            watch.later(seconds: 30)
            #expect(await Self.code(ring, "new") == "known")
            #expect(await Self.code(ring, "old") == "unknown")
            #expect(receiver.received.count == 2)
            document.text = Self.set("newest")
            watch.later(seconds: 299)
            #expect(await Self.code(ring, "new") == "known")
            watch.later(seconds: 1)
            #expect(await Self.code(ring, "new") == "unknown")
            #expect(await Self.code(ring, "newest") == "known")
        }
    }

    @Test("a provider that is away at the start is asked again; one that goes later locks nobody out")
    func absent() async throws {
        let watch = Watch()
        let free = try RawServer(answering: nil)
        let port = free.port
        free.stop()
        let lost = Self.ring("http://127.0.0.1:\(port)/jwks", watch)
        #expect(await Self.code(lost, "a") == "UPSTREAM_UNAVAILABLE")

        let place = Flag()
        let set = Self.set("a")
        let receiver = Receiver { _, _ in
            place.isUp
                ? Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: set)))
                : Response(status: .internalServerError)
        }
        try await receiver.run { port in
            let ring = Self.ring("http://127.0.0.1:\(port)/jwks", watch)
            #expect(await Self.code(ring, "a") == "UPSTREAM_UNAVAILABLE")
            place.isUp = true
            watch.later(seconds: 30)
            #expect(await Self.code(ring, "a") == "known")
            place.isUp = false
            watch.later(seconds: 3_600)
            #expect(await Self.code(ring, "a") == "known")
        }
    }

    @Test("an answer that does not come, is too long, or is none, is no set of keys")
    func misbehaviour() async throws {
        let silent = try RawServer(answering: nil)
        let ring = Self.ring("http://127.0.0.1:\(silent.port)/jwks", Watch(), timeout: .milliseconds(200))
        #expect(await Self.code(ring, "a") == "UPSTREAM_UNAVAILABLE")
        silent.stop()
        let padding = String(repeating: " ", count: 1 << 20)
        for body in [padding + Self.set("a"), "", "[]", "null", "<html>", #"{"keys":{}}"#] {
            let receiver = Receiver { _, _ in
                Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
            }
            try await receiver.run { port in
                let ring = Self.ring("http://127.0.0.1:\(port)/jwks", Watch())
                #expect(await Self.code(ring, "a") == "UPSTREAM_UNAVAILABLE", "\(body.suffix(20))")
            }
        }
    }

    @Test("the keys of the configuration name a provider, or say what is missing")
    func configuration() throws {
        func settings(_ more: [String: String]) throws -> ProviderSettings? {
            try IdentitySettings(PlatformConfiguration(variables: more)).provider
        }
        let issuer = ["CEYUAN_IDENTITY_OIDC_ISSUER": "https://login.example.cn"]
        let audience = issuer.merging(["CEYUAN_IDENTITY_OIDC_AUDIENCE": "ceyuan"]) { $1 }
        let whole = audience.merging(["CEYUAN_IDENTITY_OIDC_JWKS_URL": "https://login.example.cn/jwks"]) { $1 }
        #expect(try settings([:]) == nil)
        let provider = try #require(try settings(whole))
        #expect(provider.source == .address("https://login.example.cn/jwks"))
        #expect(provider.claim == "sub" && provider.leewaySeconds == 60 && provider.audience == "ceyuan")
        let file = audience.merging([
            "CEYUAN_IDENTITY_OIDC_JWKS_FILE": "/etc/jwks.json", "CEYUAN_IDENTITY_OIDC_CLAIM": "employee",
            "CEYUAN_IDENTITY_OIDC_LEEWAY_SECONDS": "0",
        ]) { $1 }
        let local = try #require(try settings(file))
        #expect(local.source == .file("/etc/jwks.json") && local.claim == "employee" && local.leewaySeconds == 0)
        let wrong: [([String: String], String)] = [
            (issuer, "identity.oidc.audience"), (audience, "identity.oidc.jwksUrl"),
            (whole.merging(["CEYUAN_IDENTITY_OIDC_JWKS_URL": "login"]) { $1 }, "identity.oidc.jwksUrl"),
            (whole.merging(["CEYUAN_IDENTITY_OIDC_LEEWAY_SECONDS": "301"]) { $1 }, "identity.oidc.leewaySeconds"),
        ]
        for (variables, key) in wrong {
            let error = #expect(throws: ConfigurationError.self) { _ = try settings(variables) }
            #expect(error?.key == key)
        }
    }

    private final class Document: Sendable {
        private let content: Mutex<String>
        init(_ text: String) { content = Mutex(text) }
        var text: String {
            get { content.withLock { $0 } }
            set { content.withLock { $0 = newValue } }
        }
    }

    private final class Flag: Sendable {
        private let state = Mutex(false)
        var isUp: Bool {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }
}
