public import DomainModel

/// A new record as a load stores it.
public struct SealedRecord: Sendable {
    /// The values as they are stored.
    public let attributes: Attributes
    /// The key that they are sealed with, as the database may keep it.
    public let key: WrappedKey
    /// What they are found by.
    public let entries: [BlindEntry]
}

extension Sealer {
    /// Seals the personal values of a new record with a key of its own: for loads, record by record, on any thread.
    ///
    /// - Parameters:
    ///   - attributes: Checked values, in the clear.
    ///   - kind: What the record is.
    ///   - key: Its public key, which its values are bound to.
    /// - Returns: What is to be stored; `nil` when no value is sealed, and the record needs no key.
    public func seal(_ attributes: Attributes, ofNew kind: RegistryKind, _ key: String) -> SealedRecord? {
        let place = SealedPlace.record(kind)
        guard concerns(attributes, place) else { return nil }
        let own = RecordKey(newFor: Self.name(of: kind, key))
        return SealedRecord(
            attributes: seal(attributes, place, by: own),
            key: own.wrapped(by: masters),
            entries: entries(attributes, place)
        )
    }
}
