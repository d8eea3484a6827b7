import Foundation
import JWTKit

/// An RSA key of the test's own, made by openssl, and collections that sign with two of its algorithms.
struct RSAKeys {
    let pem: String
    let modulus: String
    private let exponent: String
    /// Signs with RS256.
    let keys: JWTKeyCollection
    /// Signs with RS512.
    let other: JWTKeyCollection

    /// Makes a key of 2048 bits.
    static func make() async throws -> RSAKeys {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = ["genrsa", "2048"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let secret = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let key = try Insecure.RSA.PrivateKey(pem: secret)
        let primitives = try key.publicKey.getKeyPrimitives()
        func base64URL(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let (keys, other) = (JWTKeyCollection(), JWTKeyCollection())
        await keys.add(rsa: key, digestAlgorithm: .sha256, kid: "rsa")
        await other.add(rsa: key, digestAlgorithm: .sha512, kid: "rsa")
        return RSAKeys(
            pem: key.publicKey.pemRepresentation,
            modulus: base64URL(primitives.modulus),
            exponent: base64URL(primitives.publicExponent),
            keys: keys,
            other: other
        )
    }

    /// The public key as it stands in a key set.
    func wire(name: String, alg: String) -> String {
        "{\"kty\":\"RSA\",\"kid\":\"\(name)\",\"alg\":\"\(alg)\",\"n\":\"\(modulus)\",\"e\":\"\(exponent)\"}"
    }
}
