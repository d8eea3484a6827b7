import ArgumentParser
import AuditTrail
import DomainModel
import PlatformClient

/// `ceyuan audit sign`
struct AuditSign: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sign",
            abstract: "Have the service sign the trail as it stands now.",
            discussion: "What stands before a checkpoint can no longer be changed unseen without the key."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let made = try await session.client(of: .registry)
            .reply(post: "/v1/audit/checkpoints", as: Answer<CheckpointRecord>.self)
        if made.status == 200 {
            session.console.remark(session.console("自上次签名以来没有新事件。", "Nothing was written since the last one."))
        }
        try session.console.show(made.body)
    }
}

/// `ceyuan audit checkpoints`
struct AuditCheckpoints: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "checkpoints", abstract: "List signed checkpoints, newest first.")
    }

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(CheckpointRecord.self, of: .registry, "/v1/audit/checkpoints", [:], limit: limit.count)
    }
}

extension CheckpointRecord: Listed {
    static var listing: [Column<CheckpointRecord>] {
        [
            .number("checkpoint", "检查点", "checkpoint") { $0.number },
            .number("events", "事件数", "events") { $0.events },
            .text("key", "密钥指纹", "key fingerprint") { $0.key.description },
            .text("digest", "摘要", "digest", in: [.sheet, .csv]) { $0.digest.description },
        ] + Column.instant("at", "时间", "at") { $0.at }
    }
}
