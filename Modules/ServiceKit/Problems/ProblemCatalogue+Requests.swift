import DomainModel

extension ProblemCode {
    // MARK: Versions

    /// The version that the sender has seen is not the present one; member `current` tells it.
    public static let preconditionFailed = ProblemCode(
        "PRECONDITION_FAILED",
        412,
        en: "Changed meanwhile",
        zh: "记录已被修改",
        hint: "Read the record again, decide, and send If-Match with its present ETag.",
        hintZh: "请重新读取记录，决定后以当前 ETag 作为 If-Match 重发。",
        cause: LocalizedText(
            zh: "If-Match 所指版本不是当前版本，或 If-None-Match 所指即当前版本。",
            en: "If-Match names a version that is not the present one, or If-None-Match one that is."
        ),
        example: LocalizedText(zh: "当前版本为 \"9f86d081\"。", en: "The present version is \"9f86d081\".")
    )
    /// A change must say which version it changes.
    public static let preconditionRequired = ProblemCode(
        "PRECONDITION_REQUIRED",
        428,
        en: "If-Match missing",
        zh: "缺少 If-Match",
        hint: "Read the record, and send If-Match with its ETag.",
        hintZh: "请先读取记录，并以其 ETag 作为 If-Match 发送。",
        cause: LocalizedText(
            zh: "该路径只接受注明所见版本的修改。",
            en: "The path changes a record only for those who say which version they have seen."
        ),
        example: LocalizedText(zh: "缺少 If-Match。", en: "If-Match is missing.")
    )

    // MARK: Idempotency keys

    /// `Idempotency-Key` is empty, too long, or has other characters than visible ASCII.
    public static let idempotencyKeyInvalid = ProblemCode(
        "IDEMPOTENCY_KEY_INVALID",
        400,
        en: "Wrong Idempotency-Key",
        zh: "Idempotency-Key 有误",
        hint: "Send 1 to 255 visible characters of ASCII, such as a UUID.",
        hintZh: "请发送 1 到 255 个可见 ASCII 字符，例如 UUID。",
        cause: LocalizedText(
            zh: "Idempotency-Key 头为空、超过 255 个字符，或含有非可见 ASCII 字符。",
            en:
                "The header field Idempotency-Key is empty, longer than 255 characters, or has others than visible ASCII."
        ),
        example: LocalizedText(zh: "键有 300 个字符。", en: "The key has 300 characters.")
    )
    /// The key was used for another request.
    public static let idempotencyKeyReused = ProblemCode(
        "IDEMPOTENCY_KEY_REUSED",
        422,
        en: "Idempotency-Key used for another request",
        zh: "Idempotency-Key 已用于其他请求",
        hint: "Make a new key for every request; repeat a key only with the same path, query and body.",
        hintZh: "每个请求请使用新的键；只有路径、查询和请求体都相同时才可重复使用。",
        cause: LocalizedText(zh: "该键曾用于不同的路径、查询或请求体。", en: "The key came before with another path, query or body."),
        example: LocalizedText(zh: "键 7b1c 曾用于不同的路径、查询或请求体。", en: "The key 7b1c came with another path, query or body.")
    )
    /// The first request with the key has not been answered yet.
    public static let requestInFlight = ProblemCode(
        "REQUEST_IN_FLIGHT",
        409,
        en: "The same request is being answered",
        zh: "同一请求正在处理",
        hint: "Send it again after the time in Retry-After; the answer will be that of the first.",
        hintZh: "请在 Retry-After 所示时间后重发，将得到首次请求的结果。",
        cause: LocalizedText(
            zh: "使用同一键的首个请求仍在处理。",
            en: "The first request with the same key is still being worked on."
        ),
        example: LocalizedText(zh: "键为 7b1c 的请求正在处理。", en: "A request with the key 7b1c is being answered.")
    )
    /// The first request with the key took effect, but its answer was not kept.
    public static let outcomeUnknown = ProblemCode(
        "OUTCOME_UNKNOWN",
        409,
        en: "Done before, the answer is lost",
        zh: "此前已执行，但结果未保存",
        hint: "Look the result up in the list; send a new key only if it is not there.",
        hintZh: "请在列表中查找结果；确实没有时再以新的键发送。",
        cause: LocalizedText(
            zh: "使用该键的首个请求已生效，但其答复未能保存。",
            en: "The first request with the key took effect, and its answer could not be kept."
        ),
        example: LocalizedText(
            zh: "键为 7b1c 的请求已生效，但当时的答复未保存。",
            en: "The request with the key 7b1c took effect; what was answered is not known."
        )
    )

    /// Kinds about versions and repeated requests, in the order of this file.
    static let requestCatalogue: [ProblemCode] = [
        preconditionFailed, preconditionRequired, idempotencyKeyInvalid, idempotencyKeyReused, requestInFlight,
        outcomeUnknown,
    ]
}

extension Problem {
    static func inFlight(_ key: IdempotencyKey) -> Problem {
        Problem(
            .requestInFlight,
            "A request with the key \(key.text) is being answered.",
            zh: "键为 \(key.text) 的请求正在处理。"
        )
        .retry(afterSeconds: 1)
    }

    static func keyReused(_ key: IdempotencyKey) -> Problem {
        Problem(
            .idempotencyKeyReused,
            "The key \(key.text) came with another path, query or body.",
            zh: "键 \(key.text) 曾用于不同的路径、查询或请求体。"
        )
    }

    static func outcomeUnknown(_ key: IdempotencyKey) -> Problem {
        Problem(
            .outcomeUnknown,
            "The request with the key \(key.text) took effect; what was answered is not known.",
            zh: "键为 \(key.text) 的请求已生效，但当时的答复未保存。"
        )
    }
}
