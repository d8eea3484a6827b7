import ServiceKit

extension Permission {
    /// Read regions and vocabularies.
    static let readRegistry = Permission(
        "registry.read",
        en: "Read regions and vocabularies",
        zh: "查阅地区与分类"
    )
    /// Import them.
    static let writeRegistry = Permission(
        "registry.write",
        en: "Import regions and vocabularies",
        zh: "导入地区与分类"
    )
}
