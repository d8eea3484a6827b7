import DomainModel

/// Finds, among values that are allowed, those that come nearest to a wrong one; for all rows of one file.
///
/// Cost: bounded, whatever the file. A value is looked up once, and after ``lookupLimit`` different ones there are no
/// more answers: a file with more unknown values than that is not misspelt but about something else. The answers
/// depend on the file alone, so that a rehearsal and its commit list the same.
public struct NearestMatches: Sendable {
    /// How many different values are looked up.
    public static let lookupLimit = 200

    private let allowed: [String]
    private var answers: [String: [String]] = [:]

    /// Prepares to look among some values; their order does not matter.
    public init(_ allowed: some Sequence<String>) {
        self.allowed = Array(allowed)
    }

    /// At most three nearest values, nearest first.
    public mutating func find(_ given: String) -> [String] {
        if let answer = answers[given] { return answer }
        guard answers.count < Self.lookupLimit else { return [] }
        let answer = Self.find(given, in: allowed)
        answers[given] = answer
        return answer
    }

    /// At most three values that are few edits away, nearest first; symbols are Unicode scalars, so a Chinese
    /// character is one.
    ///
    /// Cost: one comparison for each allowed value of about the same length.
    public static func find(_ given: String, in allowed: some Sequence<String>) -> [String] {
        nearestNames(to: given, among: allowed)
    }
}
