/// A type with a JSON form of its own making, which says what it looks like.
///
/// Types whose `Codable` the compiler writes need nothing: their schema is found by decoding them from a recorder, so
/// it cannot differ from what is read. Enumerations of strings need `CaseIterable`.
///
///     extension Period: SchemaDescribing {
///         public static var schema: ValueSchema { .texts("An SDMX time period", example: "2020-Q3", [.format("date")]) }
///         public static var sample: Period { .year(2020) }
///     }
public protocol SchemaDescribing: Decodable, Sendable {
    /// What the JSON looks like.
    static var schema: ValueSchema { get }
    /// Any value: it stands in for one while a type around it is described.
    static var sample: Self { get }
}

/// What one value looks like as JSON.
public struct ValueSchema: Sendable {
    let node: JSONNode

    /// What a string looks like.
    public enum Spelling: Sendable {
        /// A regular expression (ECMA-262) that it matches.
        case pattern(String)
        /// A format of JSON Schema: `date`, `date-time`, `uuid`, ….
        case format(String)

        fileprivate var member: (String, JSONNode) {
            switch self {
            case .pattern(let text): ("pattern", .string(text))
            case .format(let name): ("format", .string(name))
            }
        }
    }

    /// A string.
    ///
    /// - Parameters:
    ///   - meaning: What it says, in one line.
    ///   - example: One that is right.
    ///   - spellings: What it may look like; any string if empty.
    /// - Returns: The schema.
    public static func texts(_ meaning: String, example: String, _ spellings: [Spelling]) -> ValueSchema {
        var members: [(String, JSONNode)] = [("type", "string"), ("description", .string(meaning))]
        if spellings.count == 1 { members.append(spellings[0].member) }
        if spellings.count > 1 { members.append(("anyOf", .array(spellings.map { .object(of: [$0.member]) }))) }
        members.append(("examples", .array([.string(example)])))
        return ValueSchema(node: .object(of: members))
    }

    /// Any JSON object.
    public static func anyObject(_ meaning: String) -> ValueSchema {
        ValueSchema(node: ["type": "object", "description": .string(meaning)])
    }

    /// Any JSON value.
    public static func anything(_ meaning: String) -> ValueSchema {
        ValueSchema(node: ["description": .string(meaning)])
    }
}
