import DomainModel

/// Problems of the request as a whole.
extension ProblemCode {
    /// No route has this path.
    public static let routeNotFound = ProblemCode(
        "ROUTE_NOT_FOUND",
        404,
        en: "No such path",
        zh: "没有此路径",
        hint: "Check the path against the API documentation.",
        hintZh: "请对照接口文档检查路径。",
        cause: LocalizedText(
            zh: "本进程没有任何服务提供所请求的路径。",
            en: "No service of this process has the path that was asked for."
        ),
        example: LocalizedText(
            zh: "没有路径 /v1/region。",
            en: "There is no path /v1/region."
        )
    )
    /// The path exists, with other methods.
    public static let methodNotAllowed = ProblemCode(
        "METHOD_NOT_ALLOWED",
        405,
        en: "Method not allowed here",
        zh: "此路径不支持该方法",
        hint: "Use one of the methods in the Allow header.",
        hintZh: "请使用 Allow 头所列的方法。",
        cause: LocalizedText(
            zh: "路径存在，但不支持所用的方法。",
            en: "The path exists, but not with this method."
        ),
        example: LocalizedText(
            zh: "/v1/regions 支持 GET, HEAD，不支持 DELETE。",
            en: "/v1/regions takes GET, HEAD, not DELETE."
        )
    )
    /// The request is no valid HTTP, or its target is no valid path.
    public static let requestMalformed = ProblemCode(
        "REQUEST_MALFORMED",
        400,
        en: "Malformed request",
        zh: "请求格式错误",
        hint: "Check how the request is written: percent-encoding, UTF-8, header fields.",
        hintZh: "请检查请求的写法：百分号编码、UTF-8、头字段。",
        cause: LocalizedText(
            zh: "路径、查询串或头字段无法读取；没有 Host、Host 重复或不是主机名；或请求不是有效的 HTTP/1.1。",
            en:
                "Path, query or header fields cannot be read; Host is absent, twice or no host; or the request is no HTTP/1.1 at all."
        ),
        example: LocalizedText(
            zh: "查询串不是有效的百分号编码 UTF-8。",
            en: "The query is not valid percent-encoded UTF-8."
        )
    )
    /// The request line and header fields are longer than the configuration allows.
    public static let headTooLong = ProblemCode(
        "HEAD_TOO_LONG",
        431,
        en: "Request head too long",
        zh: "请求头过长",
        hint:
            "Send a shorter address and fewer or shorter header fields, or ask the operator to raise http.headerBytes.",
        hintZh: "请缩短地址、减少或缩短头字段，或请运维人员调高 http.headerBytes。",
        cause: LocalizedText(
            zh: "请求行与头字段超过 http.headerBytes，或头字段超过 200 个。连接随即关闭。",
            en:
                "The request line and the header fields are longer than `http.headerBytes`, or the fields are more than 200. The connection is closed."
        ),
        example: LocalizedText(
            zh: "请求行与头字段超过 32768 字节，或头字段超过 200 个。",
            en: "The request line and the header fields are longer than 32768 bytes, or the fields are more than 200."
        )
    )
    /// Parameters are missing, unknown, repeated, or have a wrong value; member `parameters` lists each.
    public static let parameterInvalid = ProblemCode(
        "PARAMETER_INVALID",
        400,
        en: "Wrong parameters",
        zh: "参数有误",
        hint: "Correct the parameters listed under “parameters”.",
        hintZh: "请改正 parameters 所列的参数。",
        cause: LocalizedText(
            zh: "参数缺失、未知、重复或取值有误；成员 parameters 逐一列出所给与应为。",
            en:
                "Parameters are missing, unknown, repeated or wrong; the member `parameters` lists every one with what was given and expected."
        ),
        example: LocalizedText(
            zh: "参数 limit 的值 0 有误，应为1 到 1000 之间的整数。",
            en: "limit is 0, expected a whole number from 1 to 1000."
        )
    )
    /// The media type of the body is none that the route takes.
    public static let mediaTypeUnsupported = ProblemCode(
        "MEDIA_TYPE_UNSUPPORTED",
        415,
        en: "Unsupported media type",
        zh: "不支持的内容类型",
        hint: "Send the body in one of the expected media types and name it in Content-Type.",
        hintZh: "请按所列内容类型发送，并在 Content-Type 中注明。",
        cause: LocalizedText(
            zh: "缺少 Content-Type，或其类型不被此路径接受。",
            en: "Content-Type is missing, or is none that the path takes."
        ),
        example: LocalizedText(
            zh: "请求体类型为 text/plain，应为 application/json。",
            en: "The body is text/plain; expected application/json."
        )
    )
    /// The body is longer than the route allows.
    public static let bodyTooLong = ProblemCode(
        "BODY_TOO_LONG",
        413,
        en: "Body too long",
        zh: "请求体过长",
        hint: "Split it, or ask the operator to raise the limit.",
        hintZh: "请拆分后发送，或请运维人员调高上限。",
        cause: LocalizedText(
            zh: "请求体超过该路径或配置允许的长度。",
            en: "The body is longer than the path or the configuration allows."
        ),
        example: LocalizedText(
            zh: "请求体超过 1048576 字节。",
            en: "The body is longer than 1048576 bytes."
        )
    )
    /// A body was expected.
    public static let bodyMissing = ProblemCode(
        "BODY_MISSING",
        400,
        en: "Body missing",
        zh: "缺少请求体",
        hint: "Send the JSON document that the route expects.",
        hintZh: "请发送该接口要求的 JSON。",
        cause: LocalizedText(
            zh: "该路径需要 JSON 请求体，但没有收到。",
            en: "The path takes a JSON document, and none came."
        ),
        example: LocalizedText(
            zh: "缺少 JSON 请求体。",
            en: "A JSON document was expected."
        )
    )
    /// The body is no JSON, or not of the expected shape; member `pointer` names the place (RFC 6901).
    public static let bodyInvalid = ProblemCode(
        "BODY_INVALID",
        400,
        en: "Wrong body",
        zh: "请求体有误",
        hint: "Correct the place that “pointer” names and send the request again.",
        hintZh: "请改正 pointer 所指之处后重新发送。",
        cause: LocalizedText(
            zh: "请求体不是有效的 JSON（RFC 8259，按 RFC 7493 从严读取），或有成员缺失、未知、重复、类型不符或超出范围。成员 pointer 指出位置（RFC 6901）。",
            en:
                "The body is no JSON (RFC 8259, read as strictly as RFC 7493 asks), or has a member that is missing, unknown, twice, of another type or out of range. The member `pointer` names the place (RFC 6901)."
        ),
        example: LocalizedText(
            zh: "/plan：缺少此成员。",
            en: "/plan: the member is missing."
        )
    )
}
