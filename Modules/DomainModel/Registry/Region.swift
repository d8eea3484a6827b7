/// A place that statistics are of: a division of GB/T 2260, or an area that a plan defines.
public struct Region: Sendable, Hashable, Codable {
    /// GB/T 2260 code of a province, city, district or county; a slug for areas that have none.
    public let code: String
    /// Name, in both languages.
    public let name: LocalizedText
    /// What kind of area: `country`, `province`, `city`, `district`, `corridor`, `sci_city`, ….
    public let level: String
    /// The region that it is part of; absent at the top.
    public let parent: String?
    /// Area in square kilometres.
    public let areaSquareKilometres: ExactDecimal?
    /// What the region is for in the plan; empty when nothing is stated.
    public let roles: String
    /// The industries that the plan names for it.
    public let focusIndustries: String
    /// Where the facts were printed.
    public let source: Source

    /// Makes a region of its parts.
    public init(
        code: String,
        name: LocalizedText,
        level: String,
        parent: String?,
        areaSquareKilometres: ExactDecimal?,
        roles: String,
        focusIndustries: String,
        source: Source
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.parent = parent
        self.areaSquareKilometres = areaSquareKilometres
        self.roles = roles
        self.focusIndustries = focusIndustries
        self.source = source
    }
}
