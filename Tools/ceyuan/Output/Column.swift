import DomainModel

/// One column of a kind of record: what it is called, and what it says of a record.
struct Column<Record>: Sendable {
    /// Where a column is shown.
    struct Places: OptionSet, Sendable {
        let rawValue: UInt8
        /// Tables of many records.
        static var list: Places { Places(rawValue: 1) }
        /// The sheet of one record.
        static var sheet: Places { Places(rawValue: 2) }
        /// CSV.
        static var csv: Places { Places(rawValue: 4) }
    }

    /// The name in CSV headers: stable, for programs.
    let name: String
    /// The heading for people.
    let title: LocalizedText
    let isNumeric: Bool
    /// Whether a narrow terminal may cut it.
    let isFlexible: Bool
    let places: Places
    let style: (@Sendable (Record) -> Style?)?
    let text: @Sendable (Record, Language) -> String

    /// A column of text; `nil` is printed as nothing.
    static func text(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        style: (@Sendable (Record) -> Style?)? = nil,
        _ text: @escaping @Sendable (Record) -> String?
    ) -> Column {
        Column(
            name: name,
            title: LocalizedText(zh: zh, en: en),
            isNumeric: false,
            isFlexible: true,
            places: places,
            style: style,
            text: { record, _ in text(record) ?? "" }
        )
    }

    /// A column of codes: text that means nothing when it is cut.
    static func code(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        style: (@Sendable (Record) -> Style?)? = nil,
        _ text: @escaping @Sendable (Record) -> String?
    ) -> Column {
        Column(
            name: name,
            title: LocalizedText(zh: zh, en: en),
            isNumeric: false,
            isFlexible: false,
            places: places,
            style: style,
            text: { record, _ in text(record) ?? "" }
        )
    }

    /// A column of numbers.
    static func number(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        _ value: @escaping @Sendable (Record) -> (any CustomStringConvertible)?
    ) -> Column {
        Column(
            name: name,
            title: LocalizedText(zh: zh, en: en),
            isNumeric: true,
            isFlexible: false,
            places: places,
            style: nil,
            text: { record, _ in value(record)?.description ?? "" }
        )
    }

    /// An instant: to the second in tables, in full elsewhere.
    static func instant(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        _ value: @escaping @Sendable (Record) -> Instant?
    ) -> [Column] {
        [
            code(name, zh, en, in: places.intersection(.list)) { value($0)?.shortDescription },
            text(name, zh, en, in: places.subtracting(.list)) { value($0)?.description },
        ]
    }

    /// A word that the program knows in both languages: what people read in tables, its code in CSV.
    static func word(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        isFlexible: Bool = false,
        style: (@Sendable (Record) -> Style?)? = nil,
        code: @escaping @Sendable (Record) -> String?,
        called: @escaping @Sendable (Record) -> LocalizedText?
    ) -> [Column] {
        [
            Column(
                name: name,
                title: LocalizedText(zh: zh, en: en),
                isNumeric: false,
                isFlexible: isFlexible,
                places: places.subtracting(.csv),
                style: style,
                text: { record, language in called(record)?[language] ?? "" }
            ),
            .code(name, zh, en, in: places.intersection(.csv), code),
        ]
    }

    /// A text in two languages: one column for people, two in CSV.
    static func localized(
        _ name: String,
        _ zh: String,
        _ en: String,
        in places: Places = [.list, .sheet, .csv],
        _ value: @escaping @Sendable (Record) -> LocalizedText?
    ) -> [Column] {
        var columns = [
            Column(
                name: name,
                title: LocalizedText(zh: zh, en: en),
                isNumeric: false,
                isFlexible: true,
                places: places.subtracting(.csv),
                style: nil,
                text: { record, language in value(record)?[language] ?? "" }
            )
        ]
        if places.contains(.csv) {
            columns.append(text("\(name)_zh", zh, en, in: .csv) { value($0)?.zh })
            columns.append(text("\(name)_en", zh, en, in: .csv) { value($0)?.en })
        }
        return columns
    }
}

extension Instant {
    /// The instant to the second: `2026-07-01 08:30:00Z`.
    var shortDescription: String {
        let text = description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))Z"
    }
}

/// A record that can be listed.
protocol Listed: Codable, Sendable {
    /// The columns, in the order in which they are shown.
    static var listing: [Column<Self>] { get }
}
