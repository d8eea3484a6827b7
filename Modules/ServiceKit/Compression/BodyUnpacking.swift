import HTTPTypes
import NIOCore

/// The coding of a request's body, and how far it may inflate.
struct BodyUnpacking: Sendable {
    let coding: ContentCoding
    /// How many bytes may come of one, after the first mebibyte.
    let ratio: Int

    /// Reads `Content-Encoding`.
    ///
    /// - Returns: `nil` when the body is not packed.
    /// - Throws: ``Problem`` `CONTENT_ENCODING_UNSUPPORTED`.
    init?(_ headers: HTTPFields, ratio: Int) throws {
        guard let given = headers[.contentEncoding]?.lowercased(), given != "identity", !given.isEmpty else {
            return nil
        }
        guard let coding = ContentCoding(rawValue: given == "x-gzip" ? "gzip" : given) else {
            var problem = Problem(
                .contentEncodingUnsupported,
                "The body's Content-Encoding is \(given.prefix(100)); expected gzip or zstd, once.",
                zh: "请求体的 Content-Encoding 为 \(given.prefix(100))，应为 gzip 或 zstd 之一。"
            )
            // Source: RFC 9110 §15.5.16.
            problem.headers[.acceptEncoding] = "gzip, zstd"
            throw problem
        }
        self.coding = coding
        self.ratio = ratio
    }

    /// Refuses a body that inflates more than files do.
    ///
    /// - Throws: ``Problem`` `BODY_INFLATES_TOO_MUCH`.
    func check(packed: Int, unpacked: Int) throws {
        guard unpacked > 1_048_576, unpacked / max(1, ratio) > packed else { return }
        throw Problem(
            .bodyInflatesTooMuch,
            "The packed body inflates more than \(ratio) times.",
            zh: "压缩的请求体膨胀超过 \(ratio) 倍。"
        )
    }

    /// The problem of a body that is not what its coding says.
    var damaged: Problem {
        Problem(
            .contentEncodingInvalid,
            "The body is not whole \(coding.rawValue).",
            zh: "请求体不是完整的 \(coding.rawValue) 数据。"
        )
    }
}
