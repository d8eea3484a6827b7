/// Random numbers that are the same for the same seed, on every machine (SplitMix64).
///
/// Numbers of several streams do not hang together, so that record N is the same whatever was made before it.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, §5.
public struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the numbers of a seed.
    public init(seed: UInt64) { state = seed }

    /// Starts a stream of its own for a record of a seed.
    public init(seed: UInt64, stream: UInt64, record: UInt64) {
        var mixer = SeededNumbers(seed: seed ^ (stream &* 0xD1B5_4A32_D192_ED03))
        state = mixer.next() ^ (record &* 0x9E37_79B9_7F4A_7C15)
        state = next()
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 to below a limit, all equally likely but for a difference below 2⁻³².
    public mutating func number(below limit: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    /// Whether a thing happens that happens so many times in a thousand.
    public mutating func happens(perMille: Int) -> Bool { number(below: 1_000) < perMille }
}
