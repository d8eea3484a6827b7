extension RecordKind {
    /// Policy programmes as they stood before they became records of the register: none is added any more.
    public static let carriedProgramme = carried("programme")
    /// Innovation platforms as they stood before they became records of the register.
    public static let carriedPlatform = carried("platform")

    /// Whether records of the kind are kept for the trail alone, and none is added any more.
    public var isPast: Bool { self == .carriedProgramme || self == .carriedPlatform }

    /// The names are those of the events that are in the trail.
    private static func carried(_ name: String) -> RecordKind {
        RecordKind(
            name,
            source: "SELECT code AS key, batch_id AS origin, content FROM registry.carried_row WHERE kind = '\(name)'"
        )
    }
}
