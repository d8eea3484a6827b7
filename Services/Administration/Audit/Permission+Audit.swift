import ServiceKit

extension Permission {
    /// See the audit trail of all that is done, and verify it.
    static let readAudit = Permission("audit.read", en: "See and verify the audit trail", zh: "查看并核验审计链")
    /// Have the service sign the audit trail.
    static let signAudit = Permission("audit.sign", en: "Sign the audit trail", zh: "为审计链签名")
}
