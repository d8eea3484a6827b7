public import DomainModel

/// Which state of the register is asked about.
public struct RegistryMoment: Sendable, Hashable {
    /// As it was believed at this instant; absent for what is believed now.
    public var asOf: Instant?
    /// As it holds on this day.
    public var validAt: CivilDate

    /// Names a moment.
    public init(asOf: Instant? = nil, validAt: CivilDate) {
        self.asOf = asOf
        self.validAt = validAt
    }
}
