import DomainModel

extension ProblemCode {
    /// The body came slower than the configured rate, or the head did not come to its end in time.
    public static let senderTooSlow = ProblemCode(
        "SENDER_TOO_SLOW",
        408,
        en: "Request sent too slowly",
        zh: "请求发送过慢",
        hint: "Send it again over a faster connection, compressed (Content-Encoding: gzip or zstd) or in parts.",
        hintZh: "请换用更快的网络，或压缩（Content-Encoding: gzip 或 zstd）、拆分后重发。",
        cause: LocalizedText(
            zh: "请求体的到达速度低于配置的下限，或请求头未在 http.headerSeconds 内收完。",
            en: "The body comes slower than the configured rate, or the head is not whole after `http.headerSeconds`."
        ),
        example: LocalizedText(zh: "请求体发送过慢。", en: "The body came slower than this service waits for.")
    )
    /// The answer was not ready within the configured time; the work on it was cancelled.
    public static let deadlineExceeded = ProblemCode(
        "DEADLINE_EXCEEDED",
        504,
        en: "Not ready in time",
        zh: "未能按时完成",
        hint: "Ask for less at once; tell the operator if a small request takes that long.",
        hintZh: "请减少一次请求的内容；若小请求也超时，请告知运维人员。",
        cause: LocalizedText(
            zh: "未能在 http.requestSeconds 内完成，或一条语句超过 database.statementTimeoutSeconds，处理已取消。",
            en:
                "The answer was not ready within `http.requestSeconds`, or one statement not within `database.statementTimeoutSeconds`; the work on it was cancelled."
        ),
        example: LocalizedText(zh: "未能按时完成。", en: "The answer was not ready in time.")
    )
    /// The caller has made more requests than it may.
    public static let tooManyRequests = ProblemCode(
        "TOO_MANY_REQUESTS",
        429,
        en: "Too many requests",
        zh: "请求过于频繁",
        hint: "Wait for the time in Retry-After, and look at RateLimit.",
        hintZh: "请等待 Retry-After 所示时间，并参看 RateLimit。",
        cause: LocalizedText(
            zh: "调用者的请求频率超过配置。",
            en: "The caller makes more requests than the configured rate allows."
        ),
        example: LocalizedText(zh: "请稍候再发下一个请求。", en: "Wait before the next request.")
    )
    /// `Content-Encoding` names a coding that is not understood.
    public static let contentEncodingUnsupported = ProblemCode(
        "CONTENT_ENCODING_UNSUPPORTED",
        415,
        en: "Unsupported Content-Encoding",
        zh: "不支持的 Content-Encoding",
        hint: "Send the body as it is, or packed once with gzip or zstd.",
        hintZh: "请直接发送，或以 gzip、zstd 压缩一次后发送。",
        cause: LocalizedText(
            zh: "Content-Encoding 不是 gzip 或 zstd，或有多个。",
            en: "Content-Encoding names another coding than gzip and zstd, or several."
        ),
        example: LocalizedText(zh: "请求体以 br 压缩。", en: "The body is packed with br.")
    )
    /// The body is not what its `Content-Encoding` says.
    public static let contentEncodingInvalid = ProblemCode(
        "CONTENT_ENCODING_INVALID",
        400,
        en: "Body damaged",
        zh: "请求体已损坏",
        hint: "Compress it again and send all of it; or send it without Content-Encoding.",
        hintZh: "请重新压缩并完整发送，或不带 Content-Encoding 发送。",
        cause: LocalizedText(
            zh: "请求体无法按 Content-Encoding 解压，或提前结束。",
            en: "The body cannot be unpacked as its Content-Encoding says, or ends too early."
        ),
        example: LocalizedText(zh: "请求体不是完整的 gzip。", en: "The body is no whole gzip.")
    )
    /// The body inflates far more than files do.
    public static let bodyInflatesTooMuch = ProblemCode(
        "BODY_INFLATES_TOO_MUCH",
        413,
        en: "Body inflates too much",
        zh: "请求体膨胀过大",
        hint: "Send it without Content-Encoding, or ask the operator to raise http.inflationRatio.",
        hintZh: "请不压缩直接发送，或请运维人员调高 http.inflationRatio。",
        cause: LocalizedText(
            zh: "请求体的膨胀倍数超过 http.inflationRatio。",
            en: "The body inflates by more than `http.inflationRatio`, as files do not."
        ),
        example: LocalizedText(zh: "请求体解压后超过原大小的 200 倍。", en: "The body inflates to more than 200 times its size.")
    )

    /// Kinds about limits, in the order of this file.
    static let limitCatalogue: [ProblemCode] = [
        senderTooSlow, deadlineExceeded, tooManyRequests, contentEncodingUnsupported, contentEncodingInvalid,
        bodyInflatesTooMuch,
    ]
}
