import ServiceKit

extension Permission {
    /// Read the ledger of consents.
    static let readConsents = Permission(
        "consent.read",
        en: "Read on what ground data about persons may be used",
        zh: "查阅个人信息处理的依据与同意台账"
    )
    /// Add to it.
    static let writeConsents = Permission(
        "consent.write",
        en: "Write down consents, other grounds, and their withdrawal",
        zh: "登记同意、其他处理依据及其撤回"
    )
}
