/// The first thing that is wrong with a text that should be an identifier.
public enum IdentifierFault: Error, Sendable, Hashable {
    /// There is no text.
    case empty
    /// The number of characters is wrong.
    case length(given: Int, expected: String)
    /// A character is not allowed at its place; 1 is the first.
    case character(place: Int)
    /// The text is right but for how it is written: full width, small letters, invisible characters.
    case disguised
    /// The check character is wrong; this one would be right.
    case checkCharacter(expected: String)
    /// The check digit of the organisation code within is wrong; this one would be right.
    case organisationCheckCharacter(expected: String)
    /// The text has not the form that the kind asks for.
    case form(Form)
    /// The calendar has no such day of birth, or it is before 1800.
    case birthDate
    /// The day of birth is yet to come.
    case birthDateInFuture
    /// No edition of GB/T 2260 that is known here lists the code.
    case divisionUnknown(code: String)
    /// The code was in force before the day.
    case divisionRetired(code: Int, lastYear: Int)
    /// The code came into force after the day.
    case divisionNotYet(code: Int, firstYear: Int)
    /// The classification does not list the code.
    case industryUnknown
    /// The section letter is not that of the division.
    case industrySection(expected: String)
    /// The text fits no kind.
    case kindUnknown

    /// What a form asks for.
    public enum Form: Sendable, Hashable {
        /// A registering department that GB 32100 knows as first character.
        case registeringDepartment
        /// Four groups of four, with a hyphen or a blank between them.
        case fourGroups
        /// A passport number.
        case passport
        /// Three letters and twelve digits, or 9 and seventeen more characters.
        case permanentResidence
        /// `10.` and a number, a slash, and a suffix.
        case doi
        /// A patent number of any of the known forms.
        case patent
        /// The year of a patent application.
        case patentYear
        /// The kind of a patent application.
        case patentKind
        /// The letter that says the kind of a patent document.
        case patentDocumentKind
        /// The point before the check character of a patent number.
        case patentPoint
        /// A section letter and up to four digits.
        case industry
    }

    /// Whether the number of characters is wrong.
    var isLength: Bool {
        if case .length = self { true } else { false }
    }

    /// Whether the text is wrong before anything in it can be checked.
    var concernsForm: Bool {
        switch self {
        case .length, .character, .form: true
        default: false
        }
    }

    /// The stable code of the fault.
    public var code: String {
        switch self {
        case .empty: "EMPTY"
        case .length: "LENGTH"
        case .character, .disguised: "CHARACTER"
        case .checkCharacter, .organisationCheckCharacter: "CHECK_DIGIT"
        case .form: "FORM"
        case .birthDate, .birthDateInFuture: "BIRTH_DATE"
        case .divisionUnknown: "DIVISION_UNKNOWN"
        case .divisionRetired: "DIVISION_RETIRED"
        case .divisionNotYet: "DIVISION_NOT_YET"
        case .industryUnknown: "INDUSTRY_UNKNOWN"
        case .industrySection: "INDUSTRY_SECTION"
        case .kindUnknown: "KIND_UNKNOWN"
        }
    }
}
