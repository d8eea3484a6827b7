import ArgumentParser
import DomainModel

/// `ceyuan talent`, `ceyuan enterprise`, …
struct RecordCommand<Tag: RecordKindTag>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Tag.kind.command,
            abstract: "Keep records: \(Tag.kind.title.en) (\(Tag.kind.title.zh)).",
            subcommands: [
                RecordList<Tag>.self, RecordShow<Tag>.self, RecordAdd<Tag>.self, RecordSet<Tag>.self,
                RecordEdit<Tag>.self, RecordSay<Tag>.self, RecordClose<Tag>.self, RecordReopen<Tag>.self,
                RecordWithdraw<Tag>.self, RecordHistory<Tag>.self, RecordImport<Tag>.self, RecordExport<Tag>.self,
            ]
        )
    }
}

/// The commands of all kinds.
enum RecordCommands {
    static var all: [any ParsableCommand.Type] {
        [
            RecordCommand<RecordKinds.Talent>.self, RecordCommand<RecordKinds.Team>.self,
            RecordCommand<RecordKinds.Enterprise>.self, RecordCommand<RecordKinds.Organisation>.self,
            RecordCommand<RecordKinds.Platform>.self, RecordCommand<RecordKinds.Project>.self,
            RecordCommand<RecordKinds.Achievement>.self, RecordCommand<RecordKinds.Programme>.self,
            RecordCommand<RecordKinds.Award>.self, RecordCommand<RecordKinds.Support>.self,
        ]
    }
}
