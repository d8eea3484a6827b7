import DomainModel

/// A kind of record as a type, so that each kind has commands of its own.
protocol RecordKindTag: Sendable {
    static var kind: RegistryKind { get }
}

/// One type for each kind.
enum RecordKinds {
    enum Talent: RecordKindTag { static let kind = RegistryKind.talent }
    enum Team: RecordKindTag { static let kind = RegistryKind.team }
    enum Enterprise: RecordKindTag { static let kind = RegistryKind.enterprise }
    enum Organisation: RecordKindTag { static let kind = RegistryKind.organisation }
    enum Platform: RecordKindTag { static let kind = RegistryKind.platform }
    enum Project: RecordKindTag { static let kind = RegistryKind.project }
    enum Achievement: RecordKindTag { static let kind = RegistryKind.achievement }
    enum Programme: RecordKindTag { static let kind = RegistryKind.programme }
    enum Award: RecordKindTag { static let kind = RegistryKind.award }
    enum Support: RecordKindTag { static let kind = RegistryKind.support }
}

extension RegistryKind {
    /// The name of its command, the singular of its path's noun: `talent`, `platform`.
    var command: String { String(plural.dropLast()) }

    /// The path of its list.
    var path: String { "/v1/\(plural)" }
}
