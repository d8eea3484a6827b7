import DomainModel
import FoundationEssentials
import Storage
import Testing

@testable import ServiceKit

@Suite("Where webhooks may go, and how they are signed")
struct WebhookPolicyTests {
    @Test(
        "addresses of this machine, of the network around it, of tunnels and groups are not public",
        arguments: [
            // One of each block of the IANA special-purpose registries, and the ends of some.
            "0.0.0.0", "0.255.255.255", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
            "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1",
            "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
            "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
            "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1",
            "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1",
        ]
    )
    func forbidden(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic == false)
    }

    @Test(
        "addresses that anybody can reach are public",
        arguments: [
            "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "198.17.255.255",
            "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2400:3200::1", "2a00:1450::1",
        ]
    )
    func open(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic)
        #expect(address.description == text)
    }

    @Test(
        "what two readers could understand differently is no address",
        arguments: [
            "", "hooks.example", "ftp://h/", "https://", "https:///x", "https://user@h/", "https://user:pw@h/",
            "https://h:0/", "https://h:65536/", "https://h:8o/", "https://h/#part", "https://h\\@evil/", "https://h /",
            "https://h/\r\nX: y", "https://[::1", "https://[fe80::1%25eth0]/", "https://例子.中国/", "https://h%2e/",
            "javascript:alert(1)", "unix:/run/x", "https://a,b/",
        ]
    )
    func unreadable(_ text: String) {
        #expect(WebhookURL(text) == nil)
    }

    @Test("the parts of an address")
    func parts() throws {
        let url = try #require(WebhookURL("HTTPS://Hooks.Example:8443/in?a=b/c"))
        #expect(url.scheme == "https" && url.host == "hooks.example" && url.port == 8_443 && url.target == "/in?a=b/c")
        #expect(WebhookURL("https://h")?.origin == "https://h:443")
        #expect(WebhookURL("http://h?x")?.target == "/?x")
        let literal = try #require(WebhookURL("https://[2606:4700:0::1]/"))
        #expect(literal.host == "[2606:4700::1]" && literal.name == "2606:4700::1")
    }

    private func policy(_ allowed: [String] = [], _ addresses: [String]) throws -> WebhookPolicy {
        let found = addresses.compactMap { IPAddress($0) }
        return try WebhookPolicy(allowing: allowed, resolver: AddressResolver { _ in found })
    }

    @Test("https and public addresses only, all of them; an origin that is allowed by name may be anything")
    func policy() async throws {
        let open = try policy([], ["93.184.215.14"])
        #expect(throws: WebhookPolicy.Refusal.insecure) { try open.check("http://hooks.example/") }
        #expect(throws: WebhookPolicy.Refusal.notPublic("10.1.2.3")) { try open.check("https://10.1.2.3/") }
        #expect(throws: WebhookPolicy.Refusal.notPublic("::1")) { try open.check("https://[::1]/") }
        let url = try open.check("https://hooks.example/")
        #expect(try await open.pin(url).description == "93.184.215.14")
        // One private address among public ones is enough: whoever answers so wants us to pick it.
        let mixed = try policy([], ["93.184.215.14", "169.254.169.254"])
        await #expect(throws: WebhookPolicy.Refusal.notPublic("hooks.example")) { try await mixed.pin(url) }

        let allowing = try policy(["http://intranet:9000"], ["10.0.0.7"])
        #expect(try await allowing.pin(allowing.check("http://intranet:9000/x")).description == "10.0.0.7")
        #expect(throws: WebhookPolicy.Refusal.insecure) { try allowing.check("http://intranet:9001/x") }
        await #expect(throws: WebhookPolicy.Refusal.self) {
            try await allowing.pin(allowing.check("https://intranet/"))
        }
        #expect(throws: ConfigurationError.self) { try WebhookPolicy(allowing: ["intranet"]) }
        #expect(throws: ConfigurationError.self) { try WebhookPolicy(allowing: ["https://h/path"]) }
    }

    @Test(
        "numbers in disguise lead to the address that they mean, which is then judged",
        arguments: ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost"]
    )
    func disguised(_ host: String) async throws {
        let policy = try WebhookPolicy(allowing: [])
        let url = try policy.check("https://\(host)/")
        await #expect(throws: (any Error).self) { try await policy.pin(url) }
    }

    @Test("the signature is that of Standard Webhooks")
    func signature() throws {
        // The published test vector of the reference libraries: standard-webhooks/libraries, "sign" of each language.
        let key = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let headers = WebhookSignature(keys: [Array(key)]).headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            seconds: 1_614_265_330,
            body: Array(#"{"test": 2432232314}"#.utf8)
        )
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers[2].value == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        // Standard Webhooks 1.0.0, “Signature scheme”: several signatures, with spaces between them.
        let both = WebhookSignature(keys: [Array("another".utf8), Array(key)])
            .headers(
                id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
                seconds: 1_614_265_330,
                body: Array(#"{"test": 2432232314}"#.utf8)
            )
        let signatures = both[2].value.split(separator: " ")
        #expect(signatures.count == 2)
        #expect(signatures.last == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSignature.text(of: Array(key)) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    }

    @Test("secrets open with their key and in their row only, and the key's file is the owner's alone")
    func vault() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ceyuan-vault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "key").path
        let vault = try WebhookVault(keyFile: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let secret = WebhookSignature.newKey()
        let sealed = try vault.seal(secret)
        #expect(try WebhookVault(keyFile: path).open(sealed) == secret)
        #expect(!sealed.bytes.contains(subsequence: secret))
        let moved = WebhookStore.SealedSecret(seal: try vault.seal(secret).seal, bytes: sealed.bytes)
        #expect(throws: WebhookVault.Failure.self) { try vault.open(moved) }
        let other = try WebhookVault(keyFile: folder.appending(path: "other").path)
        #expect(throws: WebhookVault.Failure.self) { try other.open(sealed) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: ConfigurationError.self) { try WebhookVault(keyFile: path) }
    }
}

extension [UInt8] {
    fileprivate func contains(subsequence other: [UInt8]) -> Bool { firstRange(of: other) != nil }
}
