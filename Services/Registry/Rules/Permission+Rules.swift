import ServiceKit

extension Permission {
    /// Run the rules over the register.
    static let deriveFacts = Permission(
        "record.derive",
        en: "Run the rules that derive facts over the records of all regions",
        zh: "对全部地区的记录运行推导规则"
    )
}
