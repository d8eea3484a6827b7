/// What a field holds.
///
/// Raw values are stable: they stand in stored definitions.
public enum FieldType: String, Sendable, Codable, CaseIterable {
    /// Any text of one line or more.
    case text
    /// A whole number.
    case integer
    /// An exact decimal, in the field's unit.
    case decimal
    /// Yes or no.
    case boolean
    /// A day of the calendar.
    case date
    /// A year, 1000…9999.
    case year
    /// A term of a vocabulary of the register.
    case term
    /// One of a short list that the definition itself has.
    case choice
    /// The code of a region of the register.
    case region
    /// An identifier that is checked as its standard says.
    case identifier
    /// An address of the web.
    case url
    /// An address of electronic mail.
    case mail
    /// A telephone number.
    case telephone

    /// What is expected, where the definition says nothing more exact.
    public var expected: LocalizedText {
        switch self {
        case .text: LocalizedText(zh: "文字", en: "text")
        case .integer: LocalizedText(zh: "整数", en: "a whole number")
        case .decimal: LocalizedText(zh: "十进制数，例如 \"12.5\"", en: "a decimal number as text, such as \"12.5\"")
        case .boolean: LocalizedText(zh: "true 或 false", en: "true or false")
        case .date: LocalizedText(zh: "日期，例如 2021-06-30", en: "a day such as 2021-06-30")
        case .year: LocalizedText(zh: "年份，例如 2021", en: "a year such as 2021")
        case .term: LocalizedText(zh: "词表中的代码", en: "a code of the vocabulary")
        case .choice: LocalizedText(zh: "所列代码之一", en: "one of the listed codes")
        case .region: LocalizedText(zh: "已登记的地区代码", en: "the code of a registered region")
        case .identifier: LocalizedText(zh: "正确的标识符", en: "a right identifier")
        case .url: LocalizedText(zh: "http 或 https 网址", en: "an address that begins with http:// or https://")
        case .mail: LocalizedText(zh: "电子邮件地址", en: "an address of electronic mail")
        case .telephone: LocalizedText(zh: "电话号码", en: "a telephone number of 5 to 20 digits")
        }
    }
}
