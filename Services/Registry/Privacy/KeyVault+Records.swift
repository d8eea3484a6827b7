import PersonalData
import ServiceKit

extension KeyVault {
    /// The key of a record, unwrapped.
    ///
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE` when this host has not the key that it is wrapped with.
    static func open(_ wrapped: WrappedKey, of name: String, with vault: KeyVault?) throws -> RecordKey {
        guard let vault else { throw Problem.personalKeyUnavailable(wrapped.master) }
        do throws(RecordKey.Failure) {
            return try RecordKey(wrapped, of: name, with: vault.masters(knowing: wrapped.master))
        } catch {
            throw Problem.personalKeyUnavailable(wrapped.master)
        }
    }
}
