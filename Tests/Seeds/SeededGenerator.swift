/// Random numbers from a seed that the failing test prints (SplitMix64).
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, §5.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Begins at a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A generator with a seed of its own, which is printed so that a failure can be repeated.
    public static func announced(_ name: String = #function) -> SeededGenerator {
        let seed = UInt64.random(in: 0...(.max))
        print("\(name): seed \(seed)")
        return SeededGenerator(seed: seed)
    }
}
