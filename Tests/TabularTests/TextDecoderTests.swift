import Tabular
import Testing

@Suite("decoding text")
struct TextDecoderTests {
    struct Decoded: Equatable {
        var text: [UInt8] = []
        var failure: TextDecoder.Failure?
        var encoding: TextEncoding?

        init(_ bytes: [UInt8], as encoding: TextEncoding? = nil, cuts: [Int] = []) throws {
            let decoder = TextDecoder(encoding: encoding)
            let bounds = [0] + cuts + [bytes.count]
            do {
                for (index, (start, end)) in zip(bounds, bounds.dropFirst()).enumerated() {
                    try Array(bytes[start..<end]).withUnsafeBufferPointer {
                        try decoder.decode($0, isLast: index == bounds.count - 2) { text.append(contentsOf: $0) }
                    }
                }
            } catch let failure as TextDecoder.Failure {
                self.failure = failure
            }
            self.encoding = decoder.encoding
        }

        var string: String { String(decoding: text, as: UTF8.self) }
    }

    static let sample = "指标,地区,数值\r\n全区生产总值,余杭区,1278.61\r\n"

    // 余 D3E0, 杭 BABC, 区 C7F8 by GB/T 2312; U+10000 is 90308130 and U+20000 is 95328236 by the formula of
    // GB 18030-2022 §5 for the supplementary planes; U+0080 is 81308130, the first of the four-byte codes.
    static let gb18030: [UInt8] =
        [0x61, 0x2C, 0xD3, 0xE0, 0xBA, 0xBC, 0xC7, 0xF8, 0x2C]
        + [0x90, 0x30, 0x81, 0x30, 0x95, 0x32, 0x82, 0x36, 0x81, 0x30, 0x81, 0x30, 0x0A]
    static let gb18030Text = "a,余杭区,\u{10000}\u{20000}\u{80}\n"

    static func utf16(_ text: String, bigEndian: Bool, mark: Bool = true) -> [UInt8] {
        ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
    }

    static func everywhere(_ bytes: [UInt8]) -> [[Int]] {
        (0...bytes.count).map { [$0] } + [Array(0...bytes.count)]
    }

    @Test("UTF-8 with and without byte order mark, wherever it is cut")
    func utf8() throws {
        for bytes in [Array(Self.sample.utf8), [0xEF, 0xBB, 0xBF] + Array(Self.sample.utf8), Array("😀a".utf8)] {
            let expected = String(decoding: bytes, as: UTF8.self).replacing("\u{FEFF}", with: "")
            for cuts in Self.everywhere(bytes) {
                let read = try Decoded(bytes, cuts: cuts)
                #expect(read.string == expected)
                #expect(read.failure == nil && read.encoding == .utf8)
            }
        }
    }

    @Test("UTF-16 of both byte orders with surrogates, wherever it is cut", arguments: [true, false])
    func utf16(_ bigEndian: Bool) throws {
        let text = Self.sample + "𠀀😀"
        let bytes = Self.utf16(text, bigEndian: bigEndian)
        let encoding = bigEndian ? TextEncoding.utf16BigEndian : .utf16LittleEndian
        for cuts in Self.everywhere(bytes) {
            let read = try Decoded(bytes, cuts: cuts)
            #expect(read.string == text)
            #expect(read.failure == nil && read.encoding == encoding)
        }
        #expect(try Decoded(Self.utf16(text, bigEndian: bigEndian, mark: false), as: encoding).string == text)
    }

    @Test("GB 18030 of one, two and four bytes, declared or found, wherever it is cut")
    func gb18030() throws {
        for cuts in Self.everywhere(Self.gb18030) {
            let read = try Decoded(Self.gb18030, as: .gb18030, cuts: cuts)
            #expect(read.string == Self.gb18030Text)
            #expect(read.failure == nil)
        }
        let plain = Array(Self.gb18030.prefix(8)) + [0x0A]
        for cuts in Self.everywhere(plain) {
            let read = try Decoded(plain, cuts: cuts)
            #expect(read.string == "a,余杭区\n")
            #expect(read.encoding == .gb18030)
        }
    }

    @Test("the encoding is decided at the first byte beyond ASCII, however late it comes")
    func lateDecision() throws {
        let ascii = [UInt8](repeating: 0x61, count: 300_000)
        let read = try Decoded(ascii + Self.gb18030.prefix(8), cuts: [100, 200_000, 300_001])
        #expect(read.encoding == .gb18030 && read.failure == nil)
        #expect(read.text.count == 300_000 + 2 + 9)
        #expect(try Decoded(ascii).encoding == nil)
    }

    @Test("bytes that leave UTF-8 late are an error with their place, not another encoding")
    func lateError() throws {
        let chinese = Array(String(repeating: "余杭区", count: 20_000).utf8)
        let read = try Decoded(chinese + [0xD3, 0xE0, 0xBA, 0xBC], cuts: [70_000, 150_000])
        #expect(read.failure == .invalid(byteOffset: Int64(chinese.count) + 1, encoding: .utf8))
        #expect(read.text.starts(with: chinese))
    }

    @Test(
        "ill-formed UTF-8 is found at its byte",
        arguments: [
            ([0x61, 0xC0, 0x80], 1), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0xBF], 1), ([0xED, 0xA0, 0x80], 1),
            ([0xF0, 0x8F, 0xBF, 0xBF], 1), ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5, 0x80, 0x80, 0x80], 0), ([0x80], 0),
            ([0x61, 0xE4, 0xBD], 3), ([0xFE, 0x61], 0), ([0xE4, 0xBD, 0x61], 2), ([0xF0, 0x9F, 0x98], 3),
        ] as [([UInt8], Int64)]
    )
    func illFormed(_ bytes: [UInt8], _ place: Int64) throws {
        for cuts in Self.everywhere(bytes) {
            let read = try Decoded(bytes, as: .utf8, cuts: cuts)
            #expect(read.failure == .invalid(byteOffset: place, encoding: .utf8))
        }
    }

    @Test("characters cut off by the end of the text are errors in every encoding")
    func truncated() throws {
        let gb = Array(Self.gb18030.prefix(3))
        #expect(try Decoded(gb, as: .gb18030).failure == .invalid(byteOffset: 2, encoding: .gb18030))
        #expect(try Decoded(Array(Self.gb18030.prefix(12)), as: .gb18030).failure != nil)
        for bytes in [Self.utf16("余杭", bigEndian: false).dropLast(), Self.utf16("a😀", bigEndian: false).dropLast(2)] {
            #expect(try Decoded(Array(bytes)).failure != nil)
        }
        #expect(try Decoded([0xFF, 0xFE, 0x00, 0xDC, 0x61, 0x00]).failure != nil, "lone surrogate")
    }

    @Test("invalid GB 18030 is found at its byte")
    func invalidGB() throws {
        let read = try Decoded([0x61, 0xD3, 0xE0, 0xFF, 0x61], as: .gb18030)
        #expect(read.failure == .invalid(byteOffset: 3, encoding: .gb18030))
        #expect(read.string == "a余")
    }

    @Test("bytes that are neither UTF-8 nor likely Chinese are not guessed at")
    func notGuessed() throws {
        // Windows-1252: "café,naïve" and "Köln;Müller".
        let latin = Array("caf".utf8) + [0xE9] + Array(",na".utf8) + [0xEF] + Array("ve".utf8)
        #expect(try Decoded(latin).failure == .invalid(byteOffset: 4, encoding: .utf8))
        let german = Array("K".utf8) + [0xF6] + Array("ln;M".utf8) + [0xFC] + Array("ller".utf8)
        #expect(try Decoded(german).failure == .ambiguous(byteOffset: 1))
        // Shift JIS: テスト.
        #expect(try Decoded([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]).failure == .ambiguous(byteOffset: 0))
        // UTF-16 without a mark.
        #expect(try Decoded(Self.utf16("a,b\n", bigEndian: false, mark: false)).failure == .ambiguous(byteOffset: 0))
    }

    @Test("a declared encoding holds against what the bytes look like")
    func declared() throws {
        #expect(try Decoded(Array("余".utf8), as: .gb18030).failure != nil)
        #expect(try Decoded(Self.gb18030, as: .utf8).failure == .invalid(byteOffset: 3, encoding: .utf8))
        #expect(try Decoded([0xFF, 0xFE, 0x61, 0x00], as: .utf8).failure == .invalid(byteOffset: 0, encoding: .utf8))
    }

    @Test("empty and very short texts", arguments: [[], [0x61], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE]] as [[UInt8]])
    func short(_ bytes: [UInt8]) throws {
        let read = try Decoded(bytes)
        #expect(read.failure == nil)
        #expect(read.text == bytes.filter { $0 == 0x61 })
    }

    @Test("long texts of other encodings are decoded in bounded pieces")
    func long() throws {
        let text = String(repeating: "余杭区𠀀,", count: 50_000)
        #expect(try Decoded(Self.utf16(text, bigEndian: true), cuts: [3, 65_537, 300_001]).string == text)
    }

    @Test(
        "names of encodings",
        arguments: [
            ("UTF-8", TextEncoding.utf8), ("gbk", .gb18030), ("GB2312", .gb18030), ("utf-16le", .utf16LittleEndian),
            ("us-ascii", .utf8),
        ]
    )
    func names(_ name: String, _ encoding: TextEncoding) {
        #expect(TextEncoding(charset: name) == encoding)
        #expect(TextEncoding(charset: "latin1") == nil)
    }
}
