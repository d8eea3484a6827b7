public import DomainModel

/// Of which time names are asked for, by the search box.
public struct SearchMoment: Sendable, Hashable {
    /// As it was believed at this instant; absent for what is believed now.
    public var asOf: Instant?
    /// As it holds on this day; absent for names of whatever day.
    public var validAt: CivilDate?

    /// Names a moment.
    public init(asOf: Instant? = nil, validAt: CivilDate? = nil) {
        self.asOf = asOf
        self.validAt = validAt
    }

    /// Whether it is the time that the box knows by itself.
    public var isPresent: Bool { asOf == nil && validAt == nil }
}
