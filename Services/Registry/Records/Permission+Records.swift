import ServiceKit

extension Permission {
    /// Read records and statements; values of personal fields are left out.
    static let readRecords = Permission(
        "record.read",
        en: "Read talents, enterprises and other records without personal fields",
        zh: "查阅人才、企业等记录，不含个人信息字段"
    )
    /// Change them.
    static let writeRecords = Permission(
        "record.write",
        en: "Make, change, correct, close and withdraw records and statements",
        zh: "新建、变更、更正、关闭与撤回记录及其陈述"
    )
    /// Read personal fields, for a named purpose.
    static let unmaskRecords = Permission(
        "record.unmask",
        en: "Read personal fields of records for a named purpose; each reading is recorded",
        zh: "按注明的目的查阅记录的个人信息字段；每次查阅均留痕"
    )
    /// See and change the master keys of personal data.
    static let managePersonalKeys = Permission(
        "record.keys",
        en: "See which keys of personal data are in use, and wrap records anew with the newest",
        zh: "查看在用的个人信息密钥，并以最新密钥重新封装"
    )
    /// Add fields.
    static let defineRecords = Permission(
        "record.define",
        en: "Add fields to kinds of records",
        zh: "为各类记录增加字段"
    )
}
