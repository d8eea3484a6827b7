import ServiceKit

extension AdministrationPlugin {
    /// Declares the routes of background work: jobs, schedules, events, webhooks.
    func mountWork(on api: APIRouter, in platform: Platform) throws {
        JobRoutes(platform: platform).mount(on: api)
        ScheduleRoutes(platform: platform).mount(on: api)
        EventRoutes(platform: platform).mount(on: api)
        let vault = try Self.vault(in: platform)
        let courier = try WebhookCourier(in: platform, vault: vault)
        WebhookRoutes(platform: platform, courier: courier, vault: vault).mount(on: api)
    }

    /// What seals the secrets of webhooks; its key is a file outside of the database.
    static func vault(in platform: Platform) throws -> WebhookVault {
        let file = try platform.configuration.text("webhooks.keyFile") ?? "\(platform.directories.data)/webhooks.key"
        return try WebhookVault(keyFile: file)
    }
}
