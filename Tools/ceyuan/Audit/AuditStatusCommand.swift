import ArgumentParser
import AuditTrail
import DomainModel
import PlatformClient

/// `ceyuan audit status`
struct AuditStatusCommand: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Tell how far the trail is signed; exit code 1 says that somebody should see to it."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let status = try await session.client(of: .registry).get("/v1/audit/status", as: AuditStatus.self)
        try session.console.show(status)
        for warning in status.warnings { session.console.remark(warning.text(for: session.console)) }
        if !status.warnings.isEmpty { throw ExitCode(.refused) }
    }
}

extension AuditStatus.Warning {
    fileprivate func text(for console: Console) -> String {
        switch self {
        case .keyMissing:
            console(
                "服务没有密钥，无人签名：用 ceyuan audit key 生成，写入 audit.keyFile",
                "The service has no key, so nobody signs: make one with ceyuan audit key, name it in audit.keyFile"
            )
        case .unscheduled:
            console(
                "没有签名计划：有密钥后重启 ceyuan-platform 或 ceyuan-registry 即自动建立",
                "No schedule signs: with a key, the next start of ceyuan-platform or ceyuan-registry makes it"
            )
        case .paused:
            console(
                "签名计划已暂停：ceyuan schedule resume audit.checkpoint",
                "The schedule is paused: ceyuan schedule resume audit.checkpoint"
            )
        case .overdue:
            console(
                "有事件超过两天未签名：ceyuan job list --kind administration.checkpoint 查看原因",
                "Events have stood unsigned for two days: ceyuan job list --kind administration.checkpoint says why"
            )
        }
    }
}

extension AuditStatus: Listed {
    static var listing: [Column<AuditStatus>] {
        [
            .number("events", "事件数", "events") { $0.events },
            .number("unsigned", "尚未签名", "not signed yet") { $0.unsigned },
            .number("checkpoint", "检查点", "checkpoint") { $0.newest?.number },
            .text("key", "密钥指纹", "key fingerprint") { $0.key?.description },
            .text("warnings", "警告", "warnings") { $0.warnings.map(\.rawValue).joined(separator: " ") },
        ] + Column.instant("signed_at", "签名时间", "signed at") { $0.newest?.at }
            + Column.instant("next_at", "下次签名", "signed next") { $0.nextAt }
    }
}
