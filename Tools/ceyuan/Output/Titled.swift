import DomainModel

/// A word of a fixed set: programs read its raw value, people what it is called.
protocol Titled: RawRepresentable, Sendable where RawValue == String {
    /// What it is called.
    var title: LocalizedText { get }
}

extension RegistryKind: Titled {}
extension RecordState: Titled {}
extension DerivedFact.Sort: Titled {}
extension FoundRecord.Match: Titled {}
extension SearchFacet.Name: Titled {}

extension Sequence where Element: Titled {
    /// What they are called, in one line.
    var titles: LocalizedText {
        LocalizedText(
            zh: map(\.title.zh).joined(separator: "、"),
            en: map(\.title.en).joined(separator: ", ")
        )
    }
}

extension Column {
    /// A word of a fixed set: what it is called for people, its raw value in CSV.
    static func word<Word: Titled>(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        style: (@Sendable (Record) -> Style?)? = nil,
        _ value: @escaping @Sendable (Record) -> Word?
    ) -> [Column] {
        word(name, zh, en, in: places, style: style, code: { value($0)?.rawValue }, called: { value($0)?.title })
    }

    /// Yes or no: for people in words, in CSV as programs have known it.
    static func flag(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        style: (@Sendable (Record) -> Style?)? = nil,
        code: @escaping @Sendable (Bool) -> String? = { $0 ? "true" : "false" },
        _ value: @escaping @Sendable (Record) -> Bool
    ) -> [Column] {
        word(
            name,
            zh,
            en,
            in: places,
            style: style,
            code: { code(value($0)) },
            called: { code(value($0)) == nil ? nil : value($0) ? RecordWords.yes : RecordWords.no }
        )
    }
}
