import ArgumentParser
import DomainModel

/// Why something is recorded, and what it is taken from.
struct GroundOptions: ParsableArguments {
    @Option(help: "Why.")
    var reason: String?

    @Option(help: ArgumentHelp("The document that it is taken from.", valueName: "file"))
    var source: String?

    @Option(help: "The place in the document.")
    var locator: String?

    /// The document and the place.
    var document: Source? { source.map { Source(file: $0, locator: locator ?? "") } }

    func validate() throws {
        if locator != nil, source == nil { throw ValidationError("--locator needs --source.") }
    }
}

/// Which belief, and which day, is asked about.
struct MomentOptions: ParsableArguments {
    @Option(
        help: "As it was believed at this instant (2026-06-30T08:00:00Z), or at the end of this day (2026-06-30, UTC)."
    )
    var asOf: Instant?

    @Option(help: ArgumentHelp("As it holds on this day; by default today.", valueName: "day"))
    var validAt: CivilDate?
}

/// Which belief is asked about, of what is so on all days.
struct BeliefOption: ParsableArguments {
    @Option(
        help: "As it was known at this instant (2026-06-30T08:00:00Z), or at the end of this day (2026-06-30, UTC)."
    )
    var asOf: Instant?
}

/// Whether something becomes otherwise, or was believed wrongly.
struct ChangeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The first day on which it is otherwise, by default today; with --correct a day of the version that is wrong.",
            valueName: "day"
        )
    )
    var from: CivilDate?

    @Flag(help: "Correct what was believed wrongly, instead of saying that it changed; needs --reason.")
    var correct = false
}
