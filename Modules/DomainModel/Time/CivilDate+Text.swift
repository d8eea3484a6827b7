extension CivilDate {
    /// The day as `2021-06-30`.
    public var isoText: String {
        let (year, month, day) = components
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `2021-06-30`; years from 1 to 9999.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        self.init(digits: [bytes[0..<4], bytes[5..<7], bytes[8..<10]])
    }

    /// Reads a day as people write it: `2021-06-30`, `2021/6/30`, `2021.6.30`, `2021年6月30日`, `20210630`.
    public init?(written text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if bytes.count == 8, bytes.allSatisfy({ (48...57).contains($0) }) {
            self.init(digits: [bytes[0..<4], bytes[4..<6], bytes[6..<8]])
            return
        }
        let isChinese = text.contains("年")
        if isChinese, text.last != "日" { return nil }
        let parts = (isChinese ? String(text.dropLast()) : String(text))
            .split(omittingEmptySubsequences: false) { "-/.年月".contains($0) }
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1...].allSatisfy({ (1...2).contains($0.utf8.count) })
        else { return nil }
        self.init(digits: parts.map { Array($0.utf8)[...] })
    }

    private init?(digits parts: [ArraySlice<UInt8>]) {
        var numbers: [Int] = []
        for part in parts {
            var number = 0
            for byte in part {
                guard (48...57).contains(byte) else { return nil }
                number = number * 10 + Int(byte - 48)
            }
            numbers.append(number)
        }
        guard numbers.count == 3, numbers[0] > 0 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }
}

extension CivilDate: CustomStringConvertible, LosslessStringConvertible {
    /// The day as `2021-06-30`.
    public var description: String { isoText }

    /// Reads `2021-06-30`.
    public init?(_ text: String) { self.init(iso: text) }
}

extension CivilDate: Codable {
    /// Reads `2021-06-30`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = CivilDate(iso: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a day, for example 2021-06-30"
            )
        }
        self = day
    }

    /// Writes `2021-06-30`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isoText)
    }
}
