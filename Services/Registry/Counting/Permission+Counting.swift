import ServiceKit

extension Permission {
    /// Count indicators from the records.
    static let countRecords = Permission(
        "record.count",
        en: "Count indicators from the records of all regions",
        zh: "从全部地区的记录统计指标"
    )
}
