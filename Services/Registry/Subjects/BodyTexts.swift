import DomainModel
import ServiceKit

/// Checks of the texts that people write into bodies: the database has the same bounds.
enum BodyTexts {
    /// A text of 1 to so many characters, without U+0000, which PostgreSQL cannot hold.
    ///
    /// - Throws: ``Problem`` `BODY_INVALID`.
    static func check(_ text: String?, _ pointer: String, maximum: Int) throws {
        guard let text else { return }
        let count = text.unicodeScalars.count
        guard (1...maximum).contains(count), !text.unicodeScalars.contains("\0") else {
            throw Problem.body(
                pointer,
                en: "1 to \(maximum) characters without U+0000",
                zh: "1 到 \(maximum) 个字符，不含 U+0000"
            )
        }
    }

    /// A text that says something: more than white space.
    ///
    /// - Throws: ``Problem`` `BODY_INVALID`.
    static func checkSaid(_ text: String, _ pointer: String, maximum: Int) throws {
        try check(text, pointer, maximum: maximum)
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Problem.body(pointer, en: "more than white space", zh: "非空白内容")
        }
    }

    /// A document with its digest.
    ///
    /// - Throws: ``Problem`` `BODY_INVALID`.
    static func check(_ evidence: Consent.Evidence?) throws {
        try check(evidence?.document, "/evidence/document", maximum: 500)
        guard let digest = evidence?.sha256 else { return }
        guard Hexadecimal.isSHA256(digest) else {
            throw Problem.body(
                "/evidence/sha256",
                en: "64 lower-case hexadecimal digits",
                zh: "64 位小写十六进制数字"
            )
        }
    }
}
