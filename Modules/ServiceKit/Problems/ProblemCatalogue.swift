extension ProblemCode {
    // MARK: The request as a whole

    /// No route has this path.
    public static let routeNotFound = ProblemCode(
        "ROUTE_NOT_FOUND",
        404,
        en: "No such path",
        zh: "没有此路径",
        hint: "Check the path against the API documentation.",
        hintZh: "请对照接口文档检查路径。"
    )
    /// The path exists, with other methods.
    public static let methodNotAllowed = ProblemCode(
        "METHOD_NOT_ALLOWED",
        405,
        en: "Method not allowed here",
        zh: "此路径不支持该方法",
        hint: "Use one of the methods in the Allow header.",
        hintZh: "请使用 Allow 头所列的方法。"
    )
    /// The request is no valid HTTP, or its target is no valid path.
    public static let requestMalformed = ProblemCode(
        "REQUEST_MALFORMED",
        400,
        en: "Malformed request",
        zh: "请求格式错误",
        hint: "Check how the request is written: percent-encoding, UTF-8, header fields.",
        hintZh: "请检查请求的写法：百分号编码、UTF-8、头字段。"
    )
    /// Parameters are missing, unknown, repeated, or have a wrong value; member `parameters` lists each.
    public static let parameterInvalid = ProblemCode(
        "PARAMETER_INVALID",
        400,
        en: "Wrong parameters",
        zh: "参数有误",
        hint: "Correct the parameters listed under “parameters”.",
        hintZh: "请改正 parameters 所列的参数。"
    )
    /// The media type of the body is none that the route takes.
    public static let mediaTypeUnsupported = ProblemCode(
        "MEDIA_TYPE_UNSUPPORTED",
        415,
        en: "Unsupported media type",
        zh: "不支持的内容类型",
        hint: "Send the body in one of the expected media types and name it in Content-Type.",
        hintZh: "请按所列内容类型发送，并在 Content-Type 中注明。"
    )
    /// The body is longer than the route allows.
    public static let bodyTooLong = ProblemCode(
        "BODY_TOO_LONG",
        413,
        en: "Body too long",
        zh: "请求体过长",
        hint: "Split it, or ask the operator to raise the limit.",
        hintZh: "请拆分后发送，或请运维人员调高上限。"
    )
    /// A body was expected.
    public static let bodyMissing = ProblemCode(
        "BODY_MISSING",
        400,
        en: "Body missing",
        zh: "缺少请求体",
        hint: "Send the JSON document that the route expects.",
        hintZh: "请发送该接口要求的 JSON。"
    )
    /// The body is no JSON, or not of the expected shape.
    public static let bodyInvalid = ProblemCode(
        "BODY_INVALID",
        400,
        en: "Wrong body",
        zh: "请求体有误",
        hint: "Correct the member that is named and send the request again.",
        hintZh: "请改正所指出的成员后重新发送。"
    )

    // MARK: What the request is about

    /// The named record does not exist.
    public static let notFound = ProblemCode(
        "NOT_FOUND",
        404,
        en: "Not found",
        zh: "未找到",
        hint: "Check the code, or look it up in the list.",
        hintZh: "请检查代码，或在列表中查找。"
    )
    /// The request contradicts what is stored.
    public static let contradiction = ProblemCode(
        "CONTRADICTION",
        409,
        en: "Contradicts what is stored",
        zh: "与已有数据冲突",
        hint: "Read the present state and decide again.",
        hintZh: "请读取当前状态后再作决定。"
    )
    /// The request is well-formed, but what it asks for makes no sense.
    public static let unprocessable = ProblemCode(
        "UNPROCESSABLE",
        422,
        en: "Cannot be done as asked",
        zh: "无法按要求处理"
    )
    /// A file was refused as a whole; member `receipt` lists its conflicts.
    public static let fileRefused = ProblemCode(
        "FILE_REFUSED",
        422,
        en: "File refused",
        zh: "文件未被接收",
        hint: "Correct the places listed in the receipt and send the file again.",
        hintZh: "请按回执改正所列之处后重新提交。"
    )
    /// A commit was bound to a rehearsal, and its receipt would differ.
    public static let receiptDiffers = ProblemCode(
        "RECEIPT_DIFFERS",
        409,
        en: "The receipt would differ from the rehearsal's",
        zh: "回执与预演不一致",
        hint: "Somebody changed the data meanwhile. Rehearse again and compare.",
        hintZh: "期间数据已有变化，请重新预演并比较。"
    )

    // MARK: The service

    /// More requests at once than the service takes.
    public static let overloaded = ProblemCode(
        "OVERLOADED",
        503,
        en: "Too busy",
        zh: "服务繁忙",
        hint: "Try again after the time in Retry-After.",
        hintZh: "请在 Retry-After 所示时间后重试。"
    )
    /// The service is going down.
    public static let shuttingDown = ProblemCode(
        "SHUTTING_DOWN",
        503,
        en: "Shutting down",
        zh: "服务正在停止",
        hint: "Try again in a moment.",
        hintZh: "请稍后重试。"
    )
    /// The database cannot be reached, or has no connection to spare.
    public static let databaseUnavailable = ProblemCode(
        "DATABASE_UNAVAILABLE",
        503,
        en: "Database unavailable",
        zh: "数据库暂不可用",
        hint: "Try again after the time in Retry-After; tell the operator if it lasts.",
        hintZh: "请在 Retry-After 所示时间后重试；若持续，请告知运维人员。"
    )
    /// Another service that is needed for the answer cannot be reached.
    public static let upstreamUnavailable = ProblemCode(
        "UPSTREAM_UNAVAILABLE",
        503,
        en: "Another service is unavailable",
        zh: "所依赖的服务暂不可用",
        hint: "Try again later; tell the operator if it lasts.",
        hintZh: "请稍后重试；若持续，请告知运维人员。"
    )
    /// A fault of the service.
    public static let internalFault = ProblemCode(
        "INTERNAL_FAULT",
        500,
        en: "Fault in the service",
        zh: "服务内部故障",
        hint: "Tell the operator the request id.",
        hintZh: "请将请求编号告知运维人员。"
    )

    /// The shared kinds, in the order of this file.
    public static let catalogue: [ProblemCode] =
        [
            routeNotFound, methodNotAllowed, requestMalformed, parameterInvalid, mediaTypeUnsupported, bodyTooLong,
            bodyMissing, bodyInvalid, notFound, contradiction, unprocessable, fileRefused, receiptDiffers, overloaded,
            shuttingDown, databaseUnavailable, upstreamUnavailable, internalFault,
        ] + requestCatalogue + limitCatalogue + identityCatalogue
}
