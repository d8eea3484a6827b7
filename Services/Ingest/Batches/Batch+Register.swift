import DomainModel

extension Batch {
    /// Whether its file holds records of the register or statements about them, and so may hold data about persons.
    ///
    /// Fields about persons may be added to every kind of record, so no kind is an exception.
    var isOfRegister: Bool { dataset.hasPrefix("registry.") }
}
