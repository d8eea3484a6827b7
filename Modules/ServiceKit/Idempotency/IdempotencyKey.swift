import HTTPTypes

extension HTTPField.Name {
    /// `Idempotency-Key`. Source: draft-ietf-httpapi-idempotency-key-header-06 §2.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    /// Stands on an answer that was given before.
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
}

/// The key that a sender gives a request, so that sending it again has no second effect.
struct IdempotencyKey: Hashable, Sendable {
    /// 1…255 visible characters of ASCII.
    let text: String

    /// Reads the field's value: a string in quotes, as the draft has it, or the bare key, as many senders write it.
    ///
    /// - Throws: ``Problem`` `IDEMPOTENCY_KEY_INVALID`.
    init(_ value: String) throws {
        var text = value[...]
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        let isVisible = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isVisible, (1...255).contains(text.utf8.count) else {
            throw Problem(
                .idempotencyKeyInvalid,
                "The Idempotency-Key has \(text.utf8.count) bytes; expected 1 to 255 visible characters of ASCII.",
                zh: "Idempotency-Key 有 \(text.utf8.count) 字节，应为 1 到 255 个可见 ASCII 字符。"
            )
        }
        self.text = String(text)
    }
}
