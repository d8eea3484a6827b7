import DomainModel

/// Reads one JSON object from a line, strictly; of nesting it knows one object in one member, and lists in it.
///
/// Source: RFC 8259 §§2–7; lone surrogates are refused as in I-JSON, RFC 7493 §2.1.
struct JSONScanner {
    /// What is wrong with a line.
    enum Fault: Equatable {
        case notObject
        case nested
        case duplicateMember
        case string
        case number
        case syntax

        var expected: LocalizedText {
            switch self {
            case .notObject: LocalizedText(zh: "以 { 开头、以 } 结尾的对象", en: "an object from { to }")
            case .nested:
                LocalizedText(
                    zh: "成员值为文字、数字、true、false 或 null",
                    en: "text, number, true, false or null as value of each member"
                )
            case .duplicateMember: LocalizedText(zh: "每个成员名只出现一次", en: "each member name once")
            case .string:
                LocalizedText(zh: "双引号内的文字，转义符合 RFC 8259", en: "text in double quotes with escapes as in RFC 8259")
            case .number: LocalizedText(zh: "JSON 数字，例如 3051.61", en: "a JSON number such as 3051.61")
            case .syntax: LocalizedText(zh: "{\"名称\": 值, …}", en: "{\"name\": value, …}")
            }
        }
    }

    private let text: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    /// What is special about a member.
    struct Form {
        /// Whether it stands in the nested object.
        let isNested: Bool
        /// Whether its value is a list.
        let isList: Bool
    }

    /// Takes name and value of a member; gives a fault to stop.
    typealias Member = (CellReference, CellReference, Form, borrowing ByteStore) -> Fault?

    /// Reads the whole line as one object.
    ///
    /// - Parameters:
    ///   - scratch: Takes texts whose escapes were resolved, and lists.
    ///   - nested: The member that may hold an object, whose members are given too; with it, members may hold lists. `nil`
    ///     allows neither.
    ///   - member: Takes each member.
    /// - Returns: What is wrong; `nil` when nothing is.
    mutating func readObject(_ scratch: inout ByteStore, nested: [UInt8]? = nil, _ member: Member) -> Fault? {
        skipBlanks()
        guard take("{") else { return .notObject }
        if let fault = readMembers(&scratch, nested: nested, member) { return fault }
        skipBlanks()
        return index == text.count ? nil : .notObject
    }

    private mutating func readMembers(
        _ scratch: inout ByteStore,
        nested: [UInt8]?,
        isInside: Bool = false,
        _ member: Member
    ) -> Fault? {
        skipBlanks()
        if take("}") { return nil }
        while true {
            skipBlanks()
            guard peek() == UInt8(ascii: "\"") else { return .syntax }
            guard let name = readString(&scratch) else { return .string }
            skipBlanks()
            guard take(":") else { return .syntax }
            skipBlanks()
            if let nested, peek() == UInt8(ascii: "{"), name.bytes(text, scratch).elementsEqual(nested) {
                index += 1
                if let fault = readMembers(&scratch, nested: nil, isInside: true, member) { return fault }
            } else {
                let isList = (isInside || nested != nil) && peek() == UInt8(ascii: "[")
                let value: CellReference
                switch isList ? readList(&scratch) : readValue(&scratch) {
                case .success(let read): value = read
                case .failure(let fault): return fault.fault
                }
                let form = Form(isNested: isInside, isList: isList)
                if let fault = member(name, value, form, scratch) { return fault }
            }
            skipBlanks()
            if take(",") { continue }
            return take("}") ? nil : .syntax
        }
    }

    /// The values of a list, one behind the other; empty ones are left out.
    private mutating func readList(_ scratch: inout ByteStore) -> Result<CellReference, ValueFault> {
        index += 1
        var values: [UInt8] = []
        skipBlanks()
        while !take("]") {
            switch readValue(&scratch) {
            case .failure(let fault): return .failure(fault)
            case .success(let value):
                let bytes = value.bytes(text, scratch)
                guard !bytes.contains(TableColumns.listSeparator) else { return .failure(ValueFault(fault: .string)) }
                if !values.isEmpty, !bytes.isEmpty { values.append(TableColumns.listSeparator) }
                values += bytes
            }
            skipBlanks()
            guard take(",") else {
                guard take("]") else { return .failure(ValueFault(fault: .syntax)) }
                break
            }
            skipBlanks()
            if peek() == UInt8(ascii: "]") { return .failure(ValueFault(fault: .syntax)) }
        }
        let start = values.withUnsafeBufferPointer { scratch.append($0) }
        return .success(CellReference(start: start, length: values.count, inScratch: true))
    }

    private struct ValueFault: Error { let fault: Fault }

    private mutating func readValue(_ scratch: inout ByteStore) -> Result<CellReference, ValueFault> {
        switch peek() {
        case UInt8(ascii: "\""):
            readString(&scratch).map(Result.success) ?? .failure(ValueFault(fault: .string))
        case UInt8(ascii: "{"), UInt8(ascii: "["): .failure(ValueFault(fault: .nested))
        case UInt8(ascii: "t"): readWord("true")
        case UInt8(ascii: "f"): readWord("false")
        case UInt8(ascii: "n"): readWord("null").map { CellReference(start: $0.start, length: 0) }
        default: readNumber().map(Result.success) ?? .failure(ValueFault(fault: .number))
        }
    }

    private mutating func readWord(_ word: StaticString) -> Result<CellReference, ValueFault> {
        let start = index
        for place in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[place] else { return .failure(ValueFault(fault: .syntax)) }
            index += 1
        }
        return .success(CellReference(start: start, length: index - start))
    }

    private mutating func readNumber() -> CellReference? {
        let start = index
        _ = take("-")
        if !take("0"), !takeDigits() { return nil }
        if take("."), !takeDigits() { return nil }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            if !takeDigits() { return nil }
        }
        // "01" and "1x" are no numbers; what may follow one is checked by the caller.
        if let next = peek(), next &- 0x30 <= 9 { return nil }
        return CellReference(start: start, length: index - start)
    }

    private mutating func takeDigits() -> Bool {
        let start = index
        while let byte = peek(), byte &- 0x30 <= 9 { index += 1 }
        return index > start
    }

    private mutating func readString(_ scratch: inout ByteStore) -> CellReference? {
        index += 1
        let start = index
        while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { return nil }
            index += 1
        }
        if take("\"") { return CellReference(start: start, length: index - 1 - start) }
        let place = scratch.append(UnsafeBufferPointer(rebasing: text[start..<index]))
        while let byte = peek() {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                return CellReference(start: place, length: scratch.count - place, inScratch: true)
            case UInt8(ascii: "\\"): guard readEscape(&scratch) else { return nil }
            case 0x00..<0x20: return nil
            default: scratch.append(byte)
            }
        }
        return nil
    }

    private mutating func readEscape(_ scratch: inout ByteStore) -> Bool {
        guard let byte = peek() else { return false }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(byte)
        case UInt8(ascii: "b"): scratch.append(0x08 as UInt8)
        case UInt8(ascii: "f"): scratch.append(0x0C as UInt8)
        case UInt8(ascii: "n"): scratch.append(0x0A as UInt8)
        case UInt8(ascii: "r"): scratch.append(0x0D as UInt8)
        case UInt8(ascii: "t"): scratch.append(0x09 as UInt8)
        case UInt8(ascii: "u"):
            guard var code = readHex() else { return false }
            if (0xD800...0xDBFF).contains(code) {
                guard take("\\"), take("u"), let low = readHex(), (0xDC00...0xDFFF).contains(low) else { return false }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { return false }
            scratch.append(scalar)
        default: return false
        }
        return true
    }

    private mutating func readHex() -> UInt32? {
        guard index + 4 <= text.count else { return nil }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(text[index])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private func peek() -> UInt8? { index < text.count ? text[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < text.count, text[index] == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while index < text.count, Self.isBlank(text[index]) { index += 1 }
    }
}
