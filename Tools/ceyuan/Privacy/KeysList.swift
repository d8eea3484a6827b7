import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan keys list`
struct KeysList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the keys of personal data by name, and how many records' keys each wraps."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.list(answers: try await client.get("/v1/personal-keys", as: [Answer<PersonalKeyUse>].self))
    }
}

/// `ceyuan keys rotate`
struct KeysRotate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rotate",
            abstract: "Wrap the keys of all records with the first key of the file, in the background.",
            discussion: "ceyuan job show JOB tells how far it has come; it goes on where it was interrupted."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/personal-keys/rotate", as: Answer<PersonalKeyRotation>.self)
        )
    }
}

extension PersonalKeyUse: Listed {
    static var listing: [Column<PersonalKeyUse>] {
        var columns: [Column<PersonalKeyUse>] = [.code("name", "名称", "name") { $0.name }]
        columns += Column.flag("is_current", "用于新数据", "wraps what is new") { $0.isCurrent }
        columns += Column.flag("is_configured", "本机已配置", "in the file") { $0.isConfigured }
        return columns + [.number("records", "封装的记录", "records") { $0.records }]
    }
}

extension PersonalKeyRotation: Listed {
    static var listing: [Column<PersonalKeyRotation>] {
        [
            .code("master", "密钥", "key") { $0.master },
            .number("job", "任务", "job") { $0.job },
            .number("records", "待封装的记录", "records to be wrapped") { $0.records },
        ]
    }
}
