public import DomainModel
public import ServiceKit

extension Receipt {
    /// What the audit trail keeps of the receipt, whose digest covers all of it.
    public func auditFields(_ digest: String) -> [String: AuditField] {
        [
            "dataset": .text(dataset), "sha256": .text(sha256), "receipt": .text(digest), "rows": .count(rows),
            "created": .count(created), "revised": .count(revised), "rejected": .count(rejected),
        ]
    }
}
