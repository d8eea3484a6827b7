import DomainModel
import TestSeeds
import Testing

@Suite("identifiers: what their check characters promise")
struct IdentifiersPropertyTests {
    private static let today = IdentifiersGoldenTests.today

    /// Kinds with a check, the characters of their last places, and a text without them.
    private static func unchecked(
        _ kind: IdentifierKind,
        _ random: inout SeededGenerator
    ) -> (text: String, ends: [String]) {
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
        }
        func date() -> String {
            let (year, month, day) = CivilDate(daysSince1970: .random(in: -20_000...20_000, using: &random)).components
            return String(year * 10_000 + month * 100 + day)
        }
        let ten = (0...9).map(String.init)
        switch kind {
        case .unifiedSocialCreditCode:
            let symbols = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
            let body = String((0..<8).map { _ in symbols.randomElement(using: &random) ?? "0" })
            return ("91330110" + body, symbols.flatMap { check in symbols.map { "\(check)\($0)" } })
        case .residentIdentity: return ("330110" + date() + digits(3), ten + ["X"])
        case .foreignResidence: return ("933398" + date() + digits(3), ten + ["X"])
        case .orcid, .isni: return (digits(15), ten + ["X"])
        case .lei:
            let symbols = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            let body = String((0..<18).map { _ in symbols.randomElement(using: &random) ?? "0" })
            return (body, (0...99).map { $0 < 10 ? "0\($0)" : "\($0)" })
        default: return ("2017\([1, 2, 3, 8, 9].randomElement(using: &random) ?? 1)\(digits(7)).", ten + ["X"])
        }
    }

    /// A valid text of a kind.
    private static func sample(_ kind: IdentifierKind, _ random: inout SeededGenerator) throws -> String {
        while true {
            let (text, ends) = unchecked(kind, &random)
            let valid = ends.map { text + $0 }.filter { kind.accepts($0, on: today) }
            // An organisation's check character X is a letter of the code, so all of them have one.
            #expect(valid.count == 1, "\(kind) \(text)")
            if let first = valid.first { return first }
        }
    }

    private static let checked: [IdentifierKind] = [
        .unifiedSocialCreditCode, .residentIdentity, .foreignResidence, .orcid, .isni, .lei, .patent,
    ]

    // ISO/IEC 7064 §5 for MOD 11-2 and MOD 97-10; for the others the weights are no multiples of the prime modulus.
    @Test("any single wrong character is found, of its own sort in a legal entity identifier", arguments: checked)
    func singleError(kind: IdentifierKind) throws {
        var random = SeededGenerator.announced("identifier single error \(kind.rawValue)")
        let symbols = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for _ in 0..<20 {
            let text = Array(try Self.sample(kind, &random))
            for place in text.indices {
                for symbol in symbols where symbol != text[place] {
                    if kind == .lei, symbol.isNumber != text[place].isNumber { continue }
                    var wrong = text
                    wrong[place] = symbol
                    #expect(!kind.accepts(String(wrong), on: Self.today), "\(String(text)) → \(String(wrong))")
                }
            }
        }
    }

    // ISO/IEC 7064 §5 for MOD 11-2; the weights of neighbours differ by no multiple of the prime modulus in GB 32100
    // (3ⁿ, 3ⁿ⁺¹) and ZC 0006 (2 to 9), and for digits in MOD 97-10 (10ⁿ, 10ⁿ⁺¹).
    @Test("any swap of two neighbours is found, of digits in a legal entity identifier", arguments: checked)
    func swap(kind: IdentifierKind) throws {
        var random = SeededGenerator.announced("identifier swap \(kind.rawValue)")
        for _ in 0..<100 {
            let text = Array(try Self.sample(kind, &random))
            for place in text.indices.dropLast() where text[place] != text[place + 1] {
                if kind == .lei, !text[place].isNumber || !text[place + 1].isNumber { continue }
                var wrong = text
                wrong.swapAt(place, place + 1)
                #expect(!kind.accepts(String(wrong), on: Self.today), "\(String(text)) → \(String(wrong))")
            }
        }
    }

    @Test("texts of any bytes are judged, and every candidate is valid")
    func anyBytes() throws {
        var random = SeededGenerator.announced("identifier bytes")
        var samples: [[UInt8]] = []
        for kind in Self.checked { samples.append(Array(try Self.sample(kind, &random).utf8)) }
        for text in ["E12345678", "10.1000/182", "330110", "I6513", "KAZ110090123105", "CN101160000A"] {
            samples.append(Array(text.utf8))
        }
        // Each is read; a part of them, since it costs more, is also searched for what was meant.
        for round in 0..<100_000 {
            let kind = IdentifierKind.allCases[round % IdentifierKind.allCases.count]
            let bytes = Self.anyBytes(near: samples, &random)
            let text = String(decoding: bytes, as: UTF8.self)
            let isAccepted = kind.accepts(text, on: Self.today)
            guard isAccepted || round % 97 == 0 else { continue }
            let verdict = kind.check(utf8: bytes, on: Self.today)
            #expect(verdict.isValid == isAccepted || text.utf8.count != bytes.count)
            #expect(verdict.isValid == (verdict.identifier != nil))
            #expect(verdict.candidates.count <= 3)
            if let canonical = verdict.identifier?.description {
                #expect(kind.check(canonical, on: Self.today).identifier?.description == canonical, "\(bytes)")
            }
            if verdict.fault?.code == "DIVISION_RETIRED" { continue }
            let meant = verdict.candidates.filter { !kind.check($0, on: Self.today).isValid }
            #expect(meant.isEmpty || verdict.fault?.code == "DIVISION_NOT_YET", "\(bytes)")
        }
    }

    /// Bytes at random, or a right text with a few of its bytes changed, taken away or put in.
    private static func anyBytes(near samples: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
        guard Int.random(in: 0..<4, using: &random) > 0, var bytes = samples.randomElement(using: &random) else {
            return (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
            let place = bytes.indices.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2:
                bytes.insert(
                    contentsOf: Array(
                        ["\u{200B}", " ", "-", "Ａ", "0", "x"].randomElement(using: &random)?.utf8 ?? "".utf8
                    ),
                    at: place
                )
            default: bytes.swapAt(place, bytes.indices.randomElement(using: &random) ?? 0)
            }
        }
        return bytes
    }
}
