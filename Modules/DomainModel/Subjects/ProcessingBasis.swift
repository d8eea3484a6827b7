/// Why data about a person may be used for a purpose.
///
/// Source: Personal Information Protection Law (个人信息保护法), art. 13, in the order of its items.
public enum ProcessingBasis: String, Sendable, Codable, CaseIterable {
    /// The person has agreed.
    case consent
    /// A contract with the person, or the management of staff, needs it.
    case contract
    /// The law gives the office the duty or the power.
    case legalDuty = "legal_duty"
    /// Public health, or somebody's life, health or property in an emergency.
    case emergency
    /// News and public supervision, within reason.
    case publicInterest = "public_interest"
    /// The person, or the law, has made it public.
    case publicInformation = "public_information"
    /// Another law or regulation says so.
    case otherLaw = "other_law"

    /// What it is called.
    public var title: LocalizedText {
        switch self {
        case .consent: LocalizedText(zh: "个人同意", en: "consent")
        case .contract: LocalizedText(zh: "合同或人力资源管理所必需", en: "contract")
        case .legalDuty: LocalizedText(zh: "法定职责或法定义务", en: "legal duty")
        case .emergency: LocalizedText(zh: "突发公共卫生事件或紧急情况", en: "emergency")
        case .publicInterest: LocalizedText(zh: "公共利益的新闻报道、舆论监督", en: "public interest")
        case .publicInformation: LocalizedText(zh: "已公开的个人信息", en: "public information")
        case .otherLaw: LocalizedText(zh: "法律、行政法规规定的其他情形", en: "other law")
        }
    }
}

/// How somebody has agreed.
///
/// Source: Personal Information Protection Law, arts. 14 and 29.
public enum ConsentForm: String, Sendable, Codable, CaseIterable {
    /// With other things.
    case general
    /// To this use alone, as sensitive data need.
    case separate
    /// In writing, where a law asks for it.
    case written
}

/// The way by which a consent came, or its withdrawal.
public enum ConsentChannel: String, Sendable, Codable, CaseIterable {
    /// On paper.
    case paper
    /// By a page or an app.
    case online
    /// By mail or message.
    case message
    /// Said to an officer, face to face or by telephone.
    case spoken
    /// Not by the person: a law, a contract, a decision.
    case document
}
