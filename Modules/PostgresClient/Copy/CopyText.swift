/// The text format of COPY: fields between tabs, rows ended by line feeds, `\N` for NULL.
///
/// Source: PostgreSQL documentation, "COPY", section "Text Format".
enum CopyText {
    /// Characters that stand for themselves nowhere in a field, and the letters written for them.
    private static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0B: UInt8(ascii: "v")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        case UInt8(ascii: "\\"): UInt8(ascii: "\\")
        default: nil
        }
    }

    private static func byte(for letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "v"): 0x0B
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: letter
        }
    }

    static func write(_ text: String?, into buffer: inout PostgresBinaryBuffer) {
        guard var text else {
            return buffer.write(text: "\\N")
        }
        text.withUTF8 { bytes in
            for byte in bytes {
                if let letter = letter(for: byte) {
                    buffer.write(integer: UInt8(ascii: "\\"))
                    buffer.write(integer: letter)
                } else {
                    buffer.write(integer: byte)
                }
            }
        }
    }

    /// The fields of a line (without its line feed) as the server writes it: no octal or hexadecimal escapes.
    static func fields(of line: ArraySlice<UInt8>) -> [String?] {
        line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { field in
            if field.elementsEqual([UInt8(ascii: "\\"), UInt8(ascii: "N")]) {
                return nil
            }
            guard field.contains(UInt8(ascii: "\\")) else {
                return String(decoding: field, as: UTF8.self)
            }
            var plain: [UInt8] = []
            var isEscaped = false
            for byte in field {
                if isEscaped {
                    plain.append(self.byte(for: byte))
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else {
                    plain.append(byte)
                }
            }
            return String(decoding: plain, as: UTF8.self)
        }
    }
}
