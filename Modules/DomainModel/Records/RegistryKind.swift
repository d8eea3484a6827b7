/// A kind of thing that the registry keeps records of.
///
/// Raw values are stable: they stand in stored records, paths and scripts.
public enum RegistryKind: String, Sendable, Codable, CaseIterable {
    /// A person who works, or may work, in the corridor.
    case talent
    /// People who came or work as a unit.
    case team
    /// A firm, or an individual business.
    case enterprise
    /// A body that is no firm: university, institute, hospital, fund, department, alliance.
    case organisation
    /// An innovation platform: laboratory, incubator, accelerator, park, public-service platform.
    case platform
    /// A research, investment or digital project.
    case project
    /// A result: patent, standard, paper, product, contract.
    case achievement
    /// A policy programme.
    case programme
    /// An honour that is awarded.
    case award
    /// A sum, place or service that is granted under a programme.
    case support

    /// What one is called.
    public var title: LocalizedText {
        switch self {
        case .talent: LocalizedText(zh: "人才", en: "talent")
        case .team: LocalizedText(zh: "团队", en: "team")
        case .enterprise: LocalizedText(zh: "企业", en: "enterprise")
        case .organisation: LocalizedText(zh: "机构", en: "organisation")
        case .platform: LocalizedText(zh: "创新平台", en: "platform")
        case .project: LocalizedText(zh: "项目", en: "project")
        case .achievement: LocalizedText(zh: "成果", en: "achievement")
        case .programme: LocalizedText(zh: "计划", en: "programme")
        case .award: LocalizedText(zh: "奖项", en: "award")
        case .support: LocalizedText(zh: "扶持", en: "support")
        }
    }

    /// The noun of its path: `talents`.
    public var plural: String {
        switch self {
        case .support: "supports"
        default: rawValue + "s"
        }
    }

    /// The letter that keys begin with which the registry makes: `T-1024`.
    public var letter: String {
        switch self {
        case .talent: "T"
        case .team: "M"
        case .enterprise: "E"
        case .organisation: "O"
        case .platform: "P"
        case .project: "J"
        case .achievement: "A"
        case .programme: "G"
        case .award: "W"
        case .support: "S"
        }
    }
}
