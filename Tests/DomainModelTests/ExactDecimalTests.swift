import DomainModel
import Foundation
import TestSeeds
import Testing

@Suite("exact decimal numbers")
struct ExactDecimalTests {
    @Test(
        "text is given back as it was read",
        arguments: ["0", "55.0", "-0.066", "3051.61", "0.010", "123456789012345678901234", "0.000000000001", "-1"]
    )
    func keepsText(_ text: String) {
        #expect(ExactDecimal(text)?.description == text)
    }

    @Test(
        "anything but plain decimal text is refused",
        arguments: [
            "", "-", "+", ".", ".5", "5.", "-.5", "1e5", "1,000", " 1", "1 ", "１", "0x1", "1.2.3", "NaN", "--1", "1-",
            "1234567890123456789012345", "0.1234567890123",
        ]
    )
    func refuses(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test("leading zeros and a plus sign do not count as digits")
    func leadingZeros() {
        #expect(ExactDecimal("+000000000000000000000000000012.50") == ExactDecimal("12.5"))
        #expect(ExactDecimal("0000.5")?.description == "0.5")
    }

    @Test("text, JSON and hash of random numbers survive a round trip")
    func roundTrip() throws {
        var random = SeededGenerator.announced("decimal round trip")
        for _ in 0..<20_000 {
            let number = Self.number(&random)
            let again = try #require(ExactDecimal(number.description))
            #expect(again.mantissa == number.mantissa && again.scale == number.scale)
            #expect(again.normalized.hashValue == number.hashValue)
            let data = try CanonicalJSON.encode([number])
            #expect(try JSONDecoder().decode([ExactDecimal].self, from: data) == [number])
        }
    }

    @Test("order, sum and difference agree with Foundation's decimal numbers")
    func agreesWithFoundation() throws {
        var random = SeededGenerator.announced("decimal order")
        for _ in 0..<20_000 {
            let (a, b) = (Self.number(&random), Self.number(&random))
            let (x, y) = (try #require(Decimal(string: a.description)), try #require(Decimal(string: b.description)))
            #expect((a < b) == (x < y), "\(a) \(b)")
            #expect((a == b) == (x == y), "\(a) \(b)")
            #expect(Decimal(string: try a.adding(b).description) == x + y, "\(a) \(b)")
            #expect(Decimal(string: try a.subtracting(b).description) == x - y, "\(a) \(b)")
        }
    }

    @Test("numbers that differ only in decimal places are equal and hash alike")
    func equality() {
        let numbers: Set<ExactDecimal> = [ExactDecimal(55), ExactDecimal(mantissa: 550, scale: 1)]
        #expect(numbers.count == 1)
        #expect(ExactDecimal.zero == ExactDecimal("-0.00"))
    }

    @Test("comparison is exact where scaling would not fit 128 bits")
    func hugeComparison() {
        let huge = ExactDecimal(mantissa: Int128.max, scale: 0)
        let tiny = ExactDecimal(mantissa: 1, scale: 12)
        let largeWithPlaces = ExactDecimal(mantissa: Int128.max - 1, scale: 12)
        #expect(tiny < huge && !(huge < tiny))
        #expect(largeWithPlaces < huge && !(huge < largeWithPlaces))
        #expect(ExactDecimal(mantissa: -Int128.max, scale: 0) < largeWithPlaces)
        #expect(!(largeWithPlaces < ExactDecimal(mantissa: -Int128.max, scale: 0)))
    }

    // GB/T 8170-2008 §3.2 (进舍规则, rounding half to even) and §3.3; the numbers are its examples or vary them.
    @Test(
        "rounding follows GB/T 8170-2008",
        arguments: [
            ("12.1498", 0, "12"), ("12.1498", 1, "12.1"), ("1.050", 1, "1.0"), ("0.35", 1, "0.4"),
            ("0.350", 1, "0.4"), ("-0.365", 2, "-0.36"), ("10.502", 0, "11"), ("10.5002", 0, "11"), ("2.5", 0, "2"),
            ("3.5", 0, "4"), ("-2.5", 0, "-2"), ("-3.5", 0, "-4"), ("15.4546", 0, "15"), ("7", 2, "7.00"),
        ]
    )
    func rounding(_ number: String, _ places: Int, _ expected: String) throws {
        #expect(try ExactDecimal(number)?.rounded(places: places).description == expected)
    }

    @Test("quotients are rounded half to even and keep their sign")
    func division() throws {
        func quotient(_ a: String, _ b: String, _ places: Int) throws -> String? {
            guard let a = ExactDecimal(a), let b = ExactDecimal(b) else { return nil }
            return try a.divided(by: b, places: places).description
        }
        #expect(try quotient("1", "3", 4) == "0.3333")
        #expect(try quotient("2", "3", 2) == "0.67")
        #expect(try quotient("1", "8", 2) == "0.12")
        #expect(try quotient("3", "8", 2) == "0.38")
        #expect(try quotient("-1", "8", 2) == "-0.12")
        #expect(try quotient("0.001", "1000", 6) == "0.000001")
        #expect(throws: ArithmeticFailure.divisionByZero) { try quotient("1", "0.00", 2) }
    }

    @Test("what does not fit 128 bits is an error and never a wrong number")
    func overflow() {
        let large = ExactDecimal(mantissa: Int128.max, scale: 0)
        #expect(throws: ArithmeticFailure.overflow) { try large.adding(ExactDecimal(1)) }
        #expect(throws: ArithmeticFailure.overflow) { try large.multiplied(by: large) }
        #expect(throws: ArithmeticFailure.overflow) { try large.rounded(places: 2) }
    }

    @Test("JSON numbers are refused because their readers round them")
    func jsonNumber() {
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode([ExactDecimal].self, from: "[3051.61]") }
    }

    private static func number(_ random: inout SeededGenerator) -> ExactDecimal {
        let digits = Int.random(in: 1...24, using: &random)
        var mantissa: Int128 = 0
        for _ in 0..<digits { mantissa = mantissa * 10 + Int128(Int.random(in: 0...9, using: &random)) }
        let scale = Int.random(in: 0...12, using: &random)
        return ExactDecimal(mantissa: Bool.random(using: &random) ? mantissa : -mantissa, scale: scale)
    }
}
