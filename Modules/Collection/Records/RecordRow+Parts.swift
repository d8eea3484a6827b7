import DomainModel

extension RecordRow {
    /// A name in both languages, from the columns `name_zh` and `name_en`.
    mutating func name() -> LocalizedText? {
        let (zh, en) = (required("name_zh"), required("name_en"))
        guard let zh, let en else { return nil }
        return LocalizedText(zh: zh, en: en)
    }

    /// Where a fact was printed, from the columns `source_file` and `source_locator`.
    mutating func source() -> Source? {
        let (file, locator) = (required("source_file"), required("source_locator"))
        guard let file, let locator else { return nil }
        return Source(file: file, locator: locator)
    }
}
