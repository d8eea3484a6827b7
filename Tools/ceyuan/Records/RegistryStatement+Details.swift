import DomainModel

extension RegistryStatement {
    /// What else it says, in codes: `position=研究员; grade=2`.
    var details: String {
        attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.spelling)" }.joined(separator: "; ")
    }
}
