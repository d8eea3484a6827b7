import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Signs the heads of the chains, when asked and as a job.
struct Checkpointing: Sendable {
    /// The kind of job.
    static let kind = "administration.checkpoint"

    let platform: Platform

    /// Signs the heads as they are now.
    ///
    /// No event of the trail records it, since that event would stand unsigned behind every checkpoint: a checkpoint
    /// says itself who signed what, and when.
    ///
    /// - Returns: The checkpoint; the newest one, when nothing was written since.
    /// - Throws: ``Problem`` without a key.
    func sign() async throws -> (checkpoint: SignedCheckpoint, isNew: Bool) {
        guard let key = platform.auditKey else {
            throw Problem(.auditKeyMissing, "No key is configured to sign with.", zh: "未配置用于签名的密钥。")
        }
        return try await platform.database.withTransaction { connection in
            try await CheckpointStore(connection).create(signedWith: key)
        }
    }

    /// The handler of the jobs.
    var handler: JobHandler {
        JobHandler(Self.kind, maximumAttempts: 3) { _ in
            guard platform.auditKey != nil else { throw JobFailure("audit.keyFile names no key to sign with") }
            _ = try await sign()
        }
    }
}

extension ProblemCode {
    /// The service has no key for the audit trail.
    static let auditKeyMissing = ProblemCode(
        "AUDIT_KEY_MISSING",
        503,
        en: "The service has no key for the audit trail",
        zh: "服务没有审计密钥",
        hint: "Make a key with “ceyuan audit key --output FILE” and name the file in audit.keyFile.",
        hintZh: "用“ceyuan audit key --output 文件”生成密钥，并在 audit.keyFile 中指明该文件。",
        cause: LocalizedText(
            zh: "要求为审计链签名，而 audit.keyFile 未指明密钥。",
            en: "The audit trail is to be signed, and audit.keyFile names no key."
        ),
        example: LocalizedText(zh: "未配置用于签名的密钥。", en: "No key is configured to sign with.")
    )
}
