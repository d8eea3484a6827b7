import ArgumentParser

/// The administration tool of the platform: `ceyuan`.
struct Ceyuan: AsyncParsableCommand {
    /// The version of the program.
    static let version = "0.1.0"

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "ceyuan",
            abstract: "Keeps the corridor's register, collects its statistics, judges them against its plans,"
                + " and writes the reports (策源).",
            discussion: discussion,
            version: version,
            groupedSubcommands: [
                CommandGroup(
                    name: "Collecting",
                    subcommands: [Submit.self, BatchCommand.self, ObservationCommand.self]
                ),
                CommandGroup(
                    name: "Judging and reporting",
                    subcommands: [AssessCommand.self, ReportCommand.self, Trace.self]
                ),
                CommandGroup(
                    name: "The register",
                    subcommands: [Search.self, RecordLookupCommand.self] + RecordCommands.all
                        + [
                            StatementCommand.self, RecordDeeds.self, RegisterCommand.self, DuplicateCommand.self,
                            RecordModelCommand.self, CountCommand.self,
                            RuleCommand.self, DerivedFactCommand.self, WarningCommand.self, ChangesCommand.self,
                            SavedListCommand.self,
                        ]
                ),
                CommandGroup(
                    name: "Rights of persons",
                    subcommands: [
                        ConsentCommand.self, EraseCommand.self, PersonalExportCommand.self, ApprovalCommand.self,
                        SubjectCommand.self,
                    ]
                ),
                CommandGroup(
                    name: "Reference data",
                    subcommands: [
                        ReferenceCommand<Regions>.self, ReferenceCommand<Indicators>.self, ReferenceCommand<Plans>.self,
                        ReferenceCommand<Targets>.self, ReferenceCommand<Datasets>.self,
                        ReferenceCommand<Classifications>.self,
                    ]
                ),
                CommandGroup(name: "Without a server", subcommands: [CheckCommand.self, SampleCommand.self]),
                CommandGroup(
                    name: "Access",
                    subcommands: [
                        Login.self, Logout.self, WhoAmI.self, UserCommand.self, RoleCommand.self, GrantCommand.self,
                        TokenCommand.self, AccessCommand.self,
                    ]
                ),
                CommandGroup(
                    name: "Work behind",
                    subcommands: [
                        OperationCommand.self, JobCommand.self, ScheduleCommand.self, EventCommand.self,
                        WebhookCommand.self,
                    ]
                ),
                CommandGroup(name: "Audit and keys", subcommands: [AuditCommand.self, KeysCommand.self]),
                CommandGroup(name: "This machine", subcommands: [LocalCommand.self, MigrateCommand.self]),
            ]
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    private static var discussion: String {
        """
        Exit codes:
        \(CommandStatus.allCases.map { "  \($0.rawValue)  \($0.summary)" }.joined(separator: "\n"))

        Completions: ceyuan --generate-completion-script bash|zsh|fish
        Colour is left out when NO_COLOR is set or the output is no terminal.
        """
    }
}
