public import ServiceKit

extension Problem {
    /// A cursor that no page has given.
    public static func cursor(_ given: String) -> Problem {
        Problem(
            .parameterInvalid,
            "“after” is \(given); expected “next” of the page before.",
            zh: "after 为 \(given)，应为上一页的 next。"
        )
    }
}
