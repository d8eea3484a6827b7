extension IdentifierFault {
    /// What is wrong and what was expected; names no part of the text but places in it.
    public var message: LocalizedText {
        switch self {
        case .empty: LocalizedText(zh: "没有内容", en: "there is nothing")
        case .length(let given, let expected):
            LocalizedText(zh: "有 \(given) 个字符，应为 \(expected) 个", en: "has \(given) characters instead of \(expected)")
        case .character(let place):
            LocalizedText(zh: "第 \(place) 个字符不允许", en: "the character at place \(place) is not allowed there")
        case .disguised: LocalizedText(zh: "写法不合标准", en: "is not written as the standard says")
        case .checkCharacter: LocalizedText(zh: "校验码不符", en: "the check character does not match")
        case .organisationCheckCharacter:
            LocalizedText(
                zh: "第 9–17 位组织机构代码的校验码不符（GB 11714）",
                en: "the check character of the organisation code, places 9–17, does not match (GB 11714)"
            )
        case .form(let form): form.message
        case .birthDate: LocalizedText(zh: "没有这个出生日期", en: "there is no such day of birth")
        case .birthDateInFuture: LocalizedText(zh: "出生日期在将来", en: "the day of birth is in the future")
        case .divisionUnknown:
            LocalizedText(
                zh: "1981–2024 年的区划代码表中没有此代码（GB/T 2260）",
                en: "no list of divisions from 1981 to 2024 has the code (GB/T 2260)"
            )
        case .divisionRetired(_, let year):
            LocalizedText(zh: "代码已停用，最后列于 \(year) 年", en: "the code is retired, it was last listed in \(year)")
        case .divisionNotYet(_, let year):
            LocalizedText(zh: "代码当时尚未启用，始列于 \(year) 年", en: "the code was not yet in force, it is listed since \(year)")
        case .industryUnknown:
            LocalizedText(zh: "GB/T 4754—2017 中没有此代码", en: "GB/T 4754-2017 does not have the code")
        case .industrySection(let expected):
            LocalizedText(zh: "门类字母应为 \(expected)", en: "the section letter of the division is \(expected)")
        case .kindUnknown: LocalizedText(zh: "不是任何一种已知标识", en: "is an identifier of no kind that is known here")
        }
    }
}

extension IdentifierFault.Form {
    fileprivate var message: LocalizedText {
        switch self {
        case .registeringDepartment:
            LocalizedText(
                zh: "第 1 位不是登记管理部门代码（1–9、A、N、Y）",
                en: "place 1 names no registering department (1–9, A, N, Y)"
            )
        case .fourGroups: LocalizedText(zh: "应为四组，每组四个字符", en: "expected are four groups of four characters")
        case .passport:
            LocalizedText(
                zh: "应为 6–9 个大写字母和数字，且含数字",
                en: "expected are 6–9 capitals and digits, with at least one digit"
            )
        case .permanentResidence:
            LocalizedText(
                zh: "应为 3 个字母加 12 位数字（2017 版），或以 9 开头的 18 位（2023 版）",
                en: "expected are 3 letters and 12 digits (card of 2017), or 18 places that begin with 9 (card of 2023)"
            )
        case .doi: LocalizedText(zh: "应为 10.数字/后缀", en: "expected is 10.NUMBER/SUFFIX")
        case .patent:
            LocalizedText(
                zh: "应为申请号（8 或 12 位数字，点后一位校验码，可带 ZL 或 CN）或公布号（CN、数字、字母）",
                en:
                    "expected is an application number (8 or 12 digits, point, check character, ZL or CN before it) or a publication number (CN, digits, letter)"
            )
        case .patentYear:
            LocalizedText(
                zh: "申请年号不可能：8 位号为 1985–2003，12 位号自 2003 起",
                en: "the year cannot be: 8 digits are of 1985–2003, 12 digits of 2003 and later"
            )
        case .patentKind:
            LocalizedText(
                zh: "种类号应为 1、2、3、8 或 9",
                en: "the kind is none of 1 invention, 2 utility model, 3 design, 8 and 9 from PCT"
            )
        case .patentDocumentKind:
            LocalizedText(
                zh: "文献种类字母与首位数字不合：1 为 A、B、C，2 为 U、Y，3 为 S、D",
                en: "the letter does not go with the first digit: A, B, C with 1, U, Y with 2, S, D with 3"
            )
        case .patentPoint: LocalizedText(zh: "校验码前应有点号", en: "a point belongs before the check character")
        case .industry:
            LocalizedText(
                zh: "应为门类字母加至多四位数字，或两至四位数字",
                en: "expected is a section letter with up to four digits, or two to four digits"
            )
        }
    }
}
