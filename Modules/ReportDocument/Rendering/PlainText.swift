/// Text made safe to set in any format.
enum PlainText {
    /// The text on one line, without control characters and without the marks that reorder what stands around them.
    ///
    /// A name must not be able to turn the digits beside it around (Unicode Standard Annex #9, explicit directional
    /// formatting characters).
    static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
            case 0..<0x20, 0x7F..<0xA0: continue
            case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
