import DomainModel

/// The few words that renderers add to a document.
enum RendererWords {
    static let contents = LocalizedText(zh: "目录", en: "Contents")
    static let edition = LocalizedText(zh: "版本", en: "Edition")
    static let showCodes = LocalizedText(zh: "显示溯源码", en: "Show lineage codes")
    static let notices = LocalizedText(zh: "提示", en: "Notices")
}
