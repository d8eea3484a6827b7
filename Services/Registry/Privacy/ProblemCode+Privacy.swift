import DomainModel
import ServiceKit

extension ProblemCode {
    /// There are no keys to be rotated.
    static let personalKeysAbsent = ProblemCode(
        "PERSONAL_KEYS_ABSENT",
        409,
        en: "The registry has no keys of personal data",
        zh: "登记服务未配置个人信息密钥",
        hint: "Make keys with ceyuan keys new, and name the file in registry.keysFile.",
        hintZh: "请以 ceyuan keys new 生成密钥，并将文件写入 registry.keysFile。",
        cause: LocalizedText(
            zh: "未设置 registry.keysFile。",
            en: "registry.keysFile is not set."
        ),
        example: LocalizedText(zh: "没有可轮换的密钥。", en: "There is no key to be rotated.")
    )
    /// Personal values cannot be opened by this host.
    static let personalKeyUnavailable = ProblemCode(
        "PERSONAL_KEY_UNAVAILABLE",
        503,
        en: "The key of personal data is not here",
        zh: "缺少个人信息密钥",
        hint: "Give this host the keys that the database names: ceyuan keys list shows which are in use.",
        hintZh: "请为该主机配置数据库所用的密钥：ceyuan keys list 列出在用的密钥。",
        cause: LocalizedText(
            zh: "registry.keysFile 中没有封装该记录密钥的主密钥，或主密钥不符。",
            en: "The file in registry.keysFile lacks the master key that the key of the record is wrapped with."
        ),
        example: LocalizedText(
            zh: "该主机没有密钥 2026b。",
            en: "This host has not the key 2026b."
        )
    )
}

extension Problem {
    /// This host cannot open what a master key wraps.
    static func personalKeyUnavailable(_ master: String) -> Problem {
        Problem(.personalKeyUnavailable, "This host has not the key \(master).", zh: "该主机没有密钥 \(master)。")
    }
}
