import Crypto
import FoundationEssentials

/// The cursor of a page as callers see it: where the list goes on, bound to the question that the page answered.
///
/// It begins with a check over the path, the filters and the order, and over the place itself. A cursor of another list,
/// of other filters or of somebody's making does not pass. It is no secret and gives no rights: who forges one only
/// begins to read somewhere else in a list that may be read anyway.
enum PageCursor {
    private static let checkBytes = 9

    /// The cursor for a place in the list that answers a question.
    static func seal(_ place: String, question: String) -> String {
        base64url(check(place, question) + Array(place.utf8))
    }

    /// The place, or `nil` when the cursor is none of this question's.
    static func open(_ cursor: String, question: String) -> String? {
        guard let bytes = bytes(cursor), bytes.count > checkBytes,
            let place = String(validating: bytes.dropFirst(checkBytes), as: UTF8.self),
            check(place, question) == Array(bytes.prefix(checkBytes)), base64url(bytes) == cursor
        else { return nil }
        return place
    }

    private static func check(_ place: String, _ question: String) -> [UInt8] {
        Array(SHA256.hash(data: Array("page/1\n\(question)\n\(place)".utf8)).prefix(checkBytes))
    }

    // RFC 4648 §5 without padding: nothing that a URL must escape.
    private static func base64url(_ bytes: [UInt8]) -> String {
        String(
            Data(bytes).base64EncodedString().compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 }
        )
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)).map(Array.init)
    }
}
