import DomainModel
import FoundationEssentials

extension EditText {
    /// What cannot be read in a text, and where.
    struct Fault: Error, Hashable {
        /// 1 is the first.
        let line: Int
        let what: LocalizedText
    }

    /// Reads a text back. Fields that do not stand in it are as they were.
    ///
    /// - Parameters:
    ///   - text: What the editor left.
    ///   - before: The values that the text was made of.
    /// - Returns: The values that are wanted.
    /// - Throws: The first ``Fault``.
    static func read(_ text: String, before: EditedFields) throws(Fault) -> EditedFields {
        var values = before
        var seen: [String: Int] = [:]
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
        var index = 0
        while index < lines.count {
            let (line, number) = (lines[index], index + 1)
            index += 1
            if line.utf8.first == UInt8(ascii: "#") || line.trimmed.isEmpty { continue }
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")),
                FieldDefinition.isCode(String(line[..<colon]))
            else {
                throw Fault(
                    line: number,
                    what: LocalizedText(
                        zh: "应为“字段: 值”：\(line.trimmed)",
                        en: "expected field: value, found \(line.trimmed)"
                    )
                )
            }
            let code = String(line[..<colon])
            if let first = seen.updateValue(number, forKey: code) {
                throw Fault(
                    line: number,
                    what: LocalizedText(
                        zh: "\(code) 已见于第 \(first) 行，请删去其一",
                        en: "\(code) stands in line \(first) already; delete one of the two"
                    )
                )
            }
            let rest = String(decoding: line.utf8[line.utf8.index(after: colon)...], as: UTF8.self).trimmed
            if rest == "|" {
                let block = Self.block(lines, &index)
                values[code] = block.isEmpty ? [] : [block]
            } else if rest.isEmpty {
                values[code] = try items(lines, &index)
            } else {
                values[code] = [try scalar(rest, number)]
            }
        }
        return values
    }

    /// The lines that stand further in, each without its two blanks.
    private static func block(_ lines: [String], _ index: inout Int) -> String {
        var block: [String] = []
        while index < lines.count, lines[index].isEmpty || lines[index].utf8.starts(with: "  ".utf8) {
            block.append(String(decoding: lines[index].utf8.dropFirst(2), as: UTF8.self))
            index += 1
        }
        while block.last?.isEmpty ?? false { block.removeLast() }
        return block.joined(separator: "\n")
    }

    /// The values behind `- `.
    private static func items(_ lines: [String], _ index: inout Int) throws(Fault) -> [String] {
        var items: [String] = []
        while index < lines.count {
            let line = lines[index].trimmed
            guard lines[index].utf8.first != UInt8(ascii: "#"), line.utf8.first == UInt8(ascii: "-") else { break }
            index += 1
            let value = String(decoding: line.utf8.dropFirst(), as: UTF8.self).trimmed
            if !value.isEmpty { items.append(try scalar(value, index)) }
        }
        return items
    }

    private static func scalar(_ text: String, _ line: Int) throws(Fault) -> String {
        guard text.utf8.first == UInt8(ascii: "\"") else { return text }
        guard let value = try? JSONDecoder().decode(String.self, from: Data(text.utf8)) else {
            throw Fault(
                line: line,
                what: LocalizedText(zh: "引号内不是 JSON 字符串：\(text)", en: "no JSON text in quotation marks: \(text)")
            )
        }
        return value
    }
}
