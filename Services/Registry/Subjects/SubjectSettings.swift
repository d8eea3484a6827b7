import ServiceKit

/// How long answers to persons may take.
enum SubjectSettings {
    /// `answerDays`: days until a person's request must be answered, 1 to 30. Default 15.
    ///
    /// Source: GB/T 35273-2020 §8.7 asks for an answer within thirty days; the law (PIPL art. 50) for one in time.
    static let keys = [Setting("answerDays", default: "15", "1…30: days until a person's request must be answered")]

    /// Reads the setting.
    ///
    /// - Throws: `ConfigurationError` for a value out of range.
    static func answerDays(_ configuration: PlatformConfiguration) throws -> Int {
        try configuration.integer("answerDays", in: 1...30, default: 15)
    }
}
