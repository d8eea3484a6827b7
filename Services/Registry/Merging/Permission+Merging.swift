import ServiceKit

extension Permission {
    /// Decide which records are one, and make them one.
    static let mergeRecords = Permission(
        "record.merge",
        en: "Decide which records are about the same, merge them and undo it",
        zh: "判定重复记录，合并记录及撤销合并"
    )
}
