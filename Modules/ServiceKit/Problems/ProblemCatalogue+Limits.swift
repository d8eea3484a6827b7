extension ProblemCode {
    /// The body came slower than the configured rate.
    public static let senderTooSlow = ProblemCode(
        "SENDER_TOO_SLOW",
        408,
        en: "Body sent too slowly",
        zh: "请求体发送过慢",
        hint: "Send it again over a faster connection, compressed (Content-Encoding: gzip or zstd) or in parts.",
        hintZh: "请换用更快的网络，或压缩（Content-Encoding: gzip 或 zstd）、拆分后重发。"
    )
    /// The answer was not ready within the configured time; the work on it was cancelled.
    public static let deadlineExceeded = ProblemCode(
        "DEADLINE_EXCEEDED",
        504,
        en: "Not ready in time",
        zh: "未能按时完成",
        hint: "Ask for less at once; tell the operator if a small request takes that long.",
        hintZh: "请减少一次请求的内容；若小请求也超时，请告知运维人员。"
    )
    /// The caller has made more requests than it may.
    public static let tooManyRequests = ProblemCode(
        "TOO_MANY_REQUESTS",
        429,
        en: "Too many requests",
        zh: "请求过于频繁",
        hint: "Wait for the time in Retry-After, and look at RateLimit.",
        hintZh: "请等待 Retry-After 所示时间，并参看 RateLimit。"
    )
    /// `Content-Encoding` names a coding that is not understood.
    public static let contentEncodingUnsupported = ProblemCode(
        "CONTENT_ENCODING_UNSUPPORTED",
        415,
        en: "Unsupported Content-Encoding",
        zh: "不支持的 Content-Encoding",
        hint: "Send the body as it is, or packed once with gzip or zstd.",
        hintZh: "请直接发送，或以 gzip、zstd 压缩一次后发送。"
    )
    /// The body is not what its `Content-Encoding` says.
    public static let contentEncodingInvalid = ProblemCode(
        "CONTENT_ENCODING_INVALID",
        400,
        en: "Body damaged",
        zh: "请求体已损坏",
        hint: "Compress it again and send all of it; or send it without Content-Encoding.",
        hintZh: "请重新压缩并完整发送，或不带 Content-Encoding 发送。"
    )
    /// The body inflates far more than files do.
    public static let bodyInflatesTooMuch = ProblemCode(
        "BODY_INFLATES_TOO_MUCH",
        413,
        en: "Body inflates too much",
        zh: "请求体膨胀过大",
        hint: "Send it without Content-Encoding, or ask the operator to raise http.inflationRatio.",
        hintZh: "请不压缩直接发送，或请运维人员调高 http.inflationRatio。"
    )

    /// Kinds about limits, in the order of this file.
    static let limitCatalogue: [ProblemCode] = [
        senderTooSlow, deadlineExceeded, tooManyRequests, contentEncodingUnsupported, contentEncodingInvalid,
        bodyInflatesTooMuch,
    ]
}
