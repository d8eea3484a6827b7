import Crypto
import FoundationEssentials

/// The keys that stay outside of the database: those that wrap the keys of records, and the one that makes them findable.
///
/// They are read from a text of one key a line; blank lines and those that begin with `#` mean nothing:
///
///     wrap  2026b Hk0…=
///     wrap  2026a 9bQ…=
///     index 1     x7R…=
///
/// The first `wrap` line wraps what is new; the others only open what was wrapped with them. Rotation is therefore: a
/// new line on top, then ``RecordKey/rewrapped(_:of:by:)`` for every record, then the old line may go. The values
/// themselves are never sealed anew.
public struct MasterKeys: Sendable {
    /// Why a text is no set of keys.
    public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// The line, from 1; `nil` when the text as a whole lacks something.
        public let line: Int?
        /// What was expected; never the key.
        public let expected: String

        /// The place and what was expected.
        public var description: String { line.map { "line \($0): expected \(expected)" } ?? "expected \(expected)" }
    }

    /// A key that wraps, with its name.
    struct WrappingKey: Sendable {
        let name: String
        let key: SymmetricKey
    }

    /// The first is the one in use.
    let wrapping: [WrappingKey]
    let index: SymmetricKey
    let indexName: String

    /// The names of the keys that wrap, the one in use first.
    public var names: [String] { wrapping.map(\.name) }

    /// Reads keys.
    ///
    /// - Parameter text: As above; each key is 32 bytes in Base64.
    /// - Throws: ``Failure``.
    public init(text: String) throws(Failure) {
        var wrapping: [WrappingKey] = []
        var index: (name: String, key: SymmetricKey)?
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let kind = words.first, !kind.hasPrefix("#") else { continue }
            func failure(_ expected: String) -> Failure { Failure(line: number + 1, expected: expected) }
            guard words.count == 3 else { throw failure("“wrap NAME KEY” or “index NAME KEY”") }
            guard Self.isName(words[1]) else {
                throw failure("a name of 1 to 32 letters, digits, “.”, “-” or “_”")
            }
            guard let bytes = Data(base64Encoded: String(words[2])), bytes.count == 32 else {
                throw failure("a key of 32 bytes in Base64")
            }
            switch kind {
            case "wrap":
                let name = String(words[1])
                guard !wrapping.contains(where: { $0.name == name }) else { throw failure("each name once") }
                wrapping.append(WrappingKey(name: name, key: SymmetricKey(data: bytes)))
            case "index":
                guard index == nil else { throw failure("one index key") }
                index = (String(words[1]), SymmetricKey(data: bytes))
            default:
                throw failure("“wrap” or “index”")
            }
        }
        guard !wrapping.isEmpty else { throw Failure(line: nil, expected: "a line “wrap NAME KEY”") }
        guard let index else { throw Failure(line: nil, expected: "a line “index NAME KEY”") }
        self.wrapping = wrapping
        (indexName, self.index) = index
    }

    /// A line with a new random key that wraps, to be put above the others of a file.
    ///
    /// - Parameter name: As for ``newText(naming:)``.
    /// - Returns: The line, without its end.
    public static func newLine(naming name: String) -> String { "wrap  \(name) \(newKey())" }

    /// Whether a text may name a key.
    public static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 32 && text.utf8.allSatisfy(isNameByte)
    }

    /// Makes new random keys.
    ///
    /// - Parameter name: What the wrapping key shall be called; ASCII letters, digits, `.`, `-`, `_`.
    /// - Returns: A text that ``init(text:)`` reads.
    public static func newText(naming name: String) -> String {
        """
        # Keys of personal data. Whoever has them and the database can read it; without them it is lost.
        \(newLine(naming: name))
        index 1 \(newKey())

        """
    }

    private static func newKey() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
