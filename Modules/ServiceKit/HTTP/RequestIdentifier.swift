/// Ids of requests.
enum RequestIdentifier {
    /// A new id: 128 random bits in hexadecimal.
    static func make() -> String { RandomDigits.make(32) }

    /// The caller's id when it is harmless in a log: 8 to 64 of `A–Z a–z 0–9 . _ -`.
    static func accepted(_ given: String?) -> String? {
        guard let given, (8...64).contains(given.utf8.count) else { return nil }
        let isHarmless = given.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isHarmless ? given : nil
    }
}
