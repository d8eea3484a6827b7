import DomainModel

/// Problems of what a request is about, and of the service.
extension ProblemCode {
    /// The named record does not exist.
    public static let notFound = ProblemCode(
        "NOT_FOUND",
        404,
        en: "Not found",
        zh: "未找到",
        hint: "Check the code, or look it up in the list.",
        hintZh: "请检查代码，或在列表中查找。",
        cause: LocalizedText(
            zh: "路径或请求体所指的记录不存在，或调用者无权查看。",
            en: "The path or the body names a record that does not exist, or that the caller may not see."
        ),
        example: LocalizedText(
            zh: "没有地区 999999。",
            en: "There is no region 999999."
        )
    )
    /// The bytes of a submission are no longer where they are kept.
    public static let keptFileMissing = ProblemCode(
        "KEPT_FILE_MISSING",
        404,
        en: "The file that was kept is gone",
        zh: "留存的文件已丢失",
        hint: "Ask the operator to restore the data directory from a backup; nothing else is lost.",
        hintZh: "请运维人员从备份恢复数据目录；其他数据不受影响。",
        cause: LocalizedText(
            zh: "提交记录仍在，但 directories.data 下的原文件不在：目录被清空、移动或更换。",
            en:
                "The record of a submission is there, its bytes below `directories.data` are not: the directory was emptied, moved, or is another one than before."
        ),
        example: LocalizedText(
            zh: "此处已没有 SHA-256 为 9f86d081… 的文件。",
            en: "The file with SHA-256 9f86d081… is not kept here any more."
        )
    )
    /// The bytes of a submission are sealed with a key that this host has not.
    public static let keptFileSealed = ProblemCode(
        "KEPT_FILE_SEALED",
        503,
        en: "The file that was kept cannot be opened here",
        zh: "留存的文件在此无法打开",
        hint: "Ask the operator to give this host the keys of directories.keysFile that the file was sealed with.",
        hintZh: "请运维人员为该主机配置加密该文件时所用的 directories.keysFile 密钥。",
        cause: LocalizedText(
            zh: "文件以 directories.keysFile 的密钥加密留存，而该主机没有此密钥；或文件已被改动。",
            en: "The file is kept under a key of directories.keysFile that this host has not; or it was changed."
        ),
        example: LocalizedText(
            zh: "SHA-256 为 9f86d081… 的文件已加密，此处无法打开。",
            en: "The file with SHA-256 9f86d081… is sealed and cannot be opened here."
        )
    )
    /// A disk has no room left.
    public static let storageFull = ProblemCode(
        "STORAGE_FULL",
        507,
        en: "No space left",
        zh: "存储空间已满",
        hint: "Tell the operator; send it again when there is room. Nothing was kept.",
        hintZh: "请告知运维人员，待有空间后重新发送；本次未保存任何内容。",
        cause: LocalizedText(
            zh: "文件或数据库所在磁盘已满。所发送的内容完全没有保存。",
            en: "The disk of the files or of the database is full. What was sent is not kept, in whole or in part."
        ),
        example: LocalizedText(
            zh: "没有空间保存该文件。",
            en: "There is no space left to keep the file."
        )
    )
    /// More requests at once than the service takes.
    public static let overloaded = ProblemCode(
        "OVERLOADED",
        503,
        en: "Too busy",
        zh: "服务繁忙",
        hint: "Try again after the time in Retry-After.",
        hintZh: "请在 Retry-After 所示时间后重试。",
        cause: LocalizedText(
            zh: "正在处理的请求数超过 http.concurrency。",
            en: "More requests are being worked on than `http.concurrency` allows."
        ),
        example: LocalizedText(
            zh: "服务正在处理 512 个请求。",
            en: "The service works on 512 requests already."
        )
    )
    /// The database cannot be reached, or has no connection to spare.
    public static let databaseUnavailable = ProblemCode(
        "DATABASE_UNAVAILABLE",
        503,
        en: "Database unavailable",
        zh: "数据库暂不可用",
        hint: "Try again after the time in Retry-After; tell the operator if it lasts.",
        hintZh: "请在 Retry-After 所示时间后重试；若持续，请告知运维人员。",
        cause: LocalizedText(
            zh: "数据库没有应答，或未能及时取得连接。",
            en: "The database does not answer, or no connection to it was free in time."
        ),
        example: LocalizedText(
            zh: "暂时无法连接数据库。",
            en: "The database cannot be reached at the moment."
        )
    )
    /// Another service that is needed for the answer cannot be reached.
    public static let upstreamUnavailable = ProblemCode(
        "UPSTREAM_UNAVAILABLE",
        503,
        en: "Another service is unavailable",
        zh: "所依赖的服务暂不可用",
        hint: "Try again later; tell the operator if it lasts.",
        hintZh: "请稍后重试；若持续，请告知运维人员。",
        cause: LocalizedText(
            zh: "答复需要平台的另一服务（如采集服务），而该服务没有应答或发生故障。",
            en:
                "The answer needs another service of the platform, for example the ingest service, which does not answer or answers with a fault."
        ),
        example: LocalizedText(
            zh: "采集服务没有应答。",
            en: "The ingest service does not answer."
        )
    )
    /// A fault of the service.
    public static let internalFault = ProblemCode(
        "INTERNAL_FAULT",
        500,
        en: "Fault in the service",
        zh: "服务内部故障",
        hint: "Tell the operator the request id.",
        hintZh: "请将请求编号告知运维人员。",
        cause: LocalizedText(
            zh: "服务遇到未曾预料的情况；日志中以请求编号记录了原因。",
            en: "The service met something that it was not made for. The log has the reason under the request id."
        ),
        example: LocalizedText(
            zh: "服务发生故障，请求编号 4f1c…。",
            en: "The service failed; request id 4f1c…."
        )
    )
}
