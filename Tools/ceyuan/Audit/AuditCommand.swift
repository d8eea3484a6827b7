import ArgumentParser

/// `ceyuan audit`: who did what, and whether the record of it is whole.
struct AuditCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "audit",
            abstract: "See who did what, and prove that nobody changed the record of it.",
            subcommands: [
                AuditList.self, AuditShow.self, AuditStatusCommand.self, AuditVerify.self, AuditExport.self,
                AuditSign.self, AuditCheckpoints.self, AuditBaseline.self, AuditKeyCommand.self,
            ]
        )
    }
}
