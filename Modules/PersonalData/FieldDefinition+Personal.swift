public import DomainModel

extension FieldDefinition {
    /// What a sealed field holds: how its values are compared, and how much of them is shown.
    public var personalKind: PersonalKind {
        switch (type, identifier) {
        case (.identifier, .residentIdentity): .residentNumber
        case (.identifier, .passport), (.identifier, .foreignResidence): .travelDocument
        case (.telephone, _): .telephone
        case (.mail, _): .mail
        default:
            switch code {
            case "address": .address
            case "bank_account": .bankAccount
            // The number of a permit.
            case "number": .travelDocument
            default: .other
            }
        }
    }

    /// Whether no two persons have the same value.
    public var identifiesPerson: Bool {
        privacy == .sealed && [.residentIdentity, .passport, .foreignResidence].contains(identifier)
    }
}
