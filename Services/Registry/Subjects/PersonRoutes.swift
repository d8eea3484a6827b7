import ServiceKit

/// All routes about the rights of persons.
struct PersonRoutes: Sendable {
    let desk: RecordDesk

    /// Declares them.
    ///
    /// - Throws: `ConfigurationError`.
    func mount(on api: APIRouter) throws {
        ConsentRoutes(desk: desk).mount(on: api)
        ApprovalRoutes(platform: desk.platform).mount(on: api)
        ErasureRoutes(desk: desk).mount(on: api)
        ExportRoutes(desk: desk).mount(on: api)
        let days = try SubjectSettings.answerDays(desk.platform.configuration)
        SubjectRoutes(desk: desk, answerDays: days).mount(on: api)
    }
}
