import DomainModel
import ServiceKit

/// A kind of record as a type, so that the documentation of the API has each kind's own fields.
protocol KindTag: Sendable {
    static var kind: RegistryKind { get }
}

/// One type for each kind.
enum Kinds {
    enum Talent: KindTag { static let kind = RegistryKind.talent }
    enum Team: KindTag { static let kind = RegistryKind.team }
    enum Enterprise: KindTag { static let kind = RegistryKind.enterprise }
    enum Organisation: KindTag { static let kind = RegistryKind.organisation }
    enum Platform: KindTag { static let kind = RegistryKind.platform }
    enum Project: KindTag { static let kind = RegistryKind.project }
    enum Achievement: KindTag { static let kind = RegistryKind.achievement }
    enum Programme: KindTag { static let kind = RegistryKind.programme }
    enum Award: KindTag { static let kind = RegistryKind.award }
    enum Support: KindTag { static let kind = RegistryKind.support }

    static let all: [any KindTag.Type] = [
        Talent.self, Team.self, Enterprise.self, Organisation.self, Platform.self, Project.self, Achievement.self,
        Programme.self, Award.self, Support.self,
    ]
}
