public import DomainModel

/// What came of verifying a trail.
public struct TrailReport: Sendable, Hashable, Codable {
    /// Events that were read.
    public internal(set) var events: Int64 = 0
    /// Chains that have events.
    public internal(set) var chains = 0
    /// Checkpoints that were read.
    public internal(set) var checkpoints: Int64 = 0
    /// Events behind the newest good checkpoint: nobody has signed for them yet.
    public internal(set) var unsigned: Int64 = 0
    /// The newest good checkpoint.
    public internal(set) var signedAt: Instant?
    /// Fingerprints of the keys that were verified with.
    public internal(set) var keys: [AuditDigest] = []
    /// The first fault of each chain, and every fault of a checkpoint.
    public internal(set) var faults: [TrailFault] = []
    /// All faults, also those that ``faults`` leaves out.
    public internal(set) var faultCount: Int64 = 0

    /// Whether nothing is wrong.
    public var isIntact: Bool { faultCount == 0 }
}
