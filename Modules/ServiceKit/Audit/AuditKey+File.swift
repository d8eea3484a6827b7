import AuditTrail

extension AuditKey {
    /// Reads the key from a file that only its owner may read.
    ///
    /// - Parameter path: A file as `ceyuan audit key --output` makes it.
    /// - Throws: ``ConfigurationError``; the content is never told.
    init(file path: String) throws(ConfigurationError) {
        let name = "audit.keyFile"
        let bytes = try SecretFile.read(path, for: name)
        guard let key = AuditKey(text: String(decoding: bytes, as: UTF8.self)) else {
            throw ConfigurationError(
                key: name,
                given: path,
                expected: "a key as “ceyuan audit key --output FILE” makes it"
            )
        }
        self = key
    }
}
