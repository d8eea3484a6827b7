import ServiceKit

extension Permission {
    /// Read indicators, plans, targets, datasets, observations and their lineage.
    static let readStatistics = Permission(
        "statistics.read",
        en: "Read indicators, plans, targets, datasets and observations",
        zh: "查阅指标、规划、目标、数据集与观测值"
    )
    /// Import indicators, plans, targets and datasets.
    static let defineStatistics = Permission(
        "statistics.define",
        en: "Import indicators, plans, targets and datasets",
        zh: "导入指标、规划、目标与数据集"
    )
    /// Read batches, their conflicts and files.
    static let readBatches = Permission(
        "batch.read",
        en: "Read batches, their conflicts and files",
        zh: "查阅批次、冲突与原文件"
    )
    /// Submit files to datasets.
    static let submitBatches = Permission("batch.submit", en: "Submit files to datasets", zh: "向数据集报送文件")
}
