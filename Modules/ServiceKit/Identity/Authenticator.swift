/// Tells who stands behind the token of an `Authorization` header.
///
/// A host asks ``IdentityService``; a test may give it one of its own.
public protocol Authenticator: Sendable {
    /// The authority of a token.
    ///
    /// - Parameter bearer: What follows `Bearer` in the header, as it was sent.
    /// - Returns: What its owner may do, within what the token is made for.
    /// - Throws: ``Problem``: `TOKEN_INVALID`, `TOKEN_EXPIRED`; errors of the database.
    func authority(of bearer: String) async throws -> Authority
}
