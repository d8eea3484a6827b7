import ServiceKit

extension Permission {
    /// Read regions, vocabularies, programmes and innovation platforms.
    static let readRegistry = Permission(
        "registry.read",
        en: "Read regions, vocabularies, programmes and platforms",
        zh: "查阅地区、分类、计划与创新平台"
    )
    /// Import them.
    static let writeRegistry = Permission(
        "registry.write",
        en: "Import regions, vocabularies, programmes and platforms",
        zh: "导入地区、分类、计划与创新平台"
    )
}
