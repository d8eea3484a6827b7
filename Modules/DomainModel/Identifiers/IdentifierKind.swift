/// A kind of identifier that the platform checks.
///
/// Raw values are stable: they stand in scripts and in stored records.
public enum IdentifierKind: String, Sendable, Codable, CaseIterable {
    /// Unified social credit code of organisations (GB 32100).
    case unifiedSocialCreditCode = "uscc"
    /// Citizen identity number (GB 11643).
    case residentIdentity = "resident-id"
    /// Number of a passport.
    case passport
    /// Number of a foreign permanent resident's identity card.
    case foreignResidence = "foreign-residence"
    /// Identifier of researchers.
    case orcid
    /// International standard name identifier (ISO 27729).
    case isni
    /// Legal entity identifier (ISO 17442).
    case lei
    /// Digital object identifier (ISO 26324).
    case doi
    /// Chinese patent application, patent or publication number.
    case patent
    /// Administrative division (GB/T 2260).
    case division
    /// Economic activity (GB/T 4754).
    case industry

    /// What the kind is called.
    public var title: LocalizedText {
        switch self {
        case .unifiedSocialCreditCode: LocalizedText(zh: "统一社会信用代码", en: "unified social credit code")
        case .residentIdentity: LocalizedText(zh: "公民身份号码", en: "resident identity number")
        case .passport: LocalizedText(zh: "护照号码", en: "passport number")
        case .foreignResidence: LocalizedText(zh: "外国人永久居留身份证号码", en: "foreign permanent residence number")
        case .orcid: LocalizedText(zh: "ORCID 标识符", en: "ORCID iD")
        case .isni: LocalizedText(zh: "国际标准名称标识符", en: "ISNI")
        case .lei: LocalizedText(zh: "法人机构识别编码", en: "legal entity identifier")
        case .doi: LocalizedText(zh: "数字对象标识符", en: "DOI")
        case .patent: LocalizedText(zh: "中国专利号", en: "Chinese patent number")
        case .division: LocalizedText(zh: "行政区划代码", en: "administrative division code")
        case .industry: LocalizedText(zh: "国民经济行业代码", en: "industry code")
        }
    }

    /// The type of the kind's values.
    var type: any Identifier.Type {
        switch self {
        case .unifiedSocialCreditCode: UnifiedSocialCreditCode.self
        case .residentIdentity: ResidentIdentityNumber.self
        case .passport: PassportNumber.self
        case .foreignResidence: PermanentResidenceNumber.self
        case .orcid: ORCID.self
        case .isni: ISNI.self
        case .lei: LegalEntityIdentifier.self
        case .doi: DigitalObjectIdentifier.self
        case .patent: PatentNumber.self
        case .division: DivisionCode.self
        case .industry: IndustryCode.self
        }
    }
}
