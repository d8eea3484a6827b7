/// A type that is one JSON value and needs no name.
protocol SimpleShape {
    static var shape: JSONNode { get }
    static var sampleValue: Self { get }
}

extension String: SimpleShape {
    static var shape: JSONNode { ["type": "string"] }
    static var sampleValue: String { "" }
}

extension Bool: SimpleShape {
    static var shape: JSONNode { ["type": "boolean"] }
    static var sampleValue: Bool { false }
}

extension Double: SimpleShape {
    static var shape: JSONNode { ["type": "number", "format": "double"] }
    static var sampleValue: Double { 0 }
}

extension Float: SimpleShape {
    static var shape: JSONNode { ["type": "number", "format": "float"] }
    static var sampleValue: Float { 0 }
}

extension SimpleShape where Self: FixedWidthInteger {
    static var shape: JSONNode {
        // Bounds beyond 2⁵³ are left to the format: readers that hold numbers as binary fractions would move them.
        guard bitWidth <= 32 else { return ["type": "integer", "format": "int64"] }
        return ["type": "integer", "minimum": .number(String(min)), "maximum": .number(String(max))]
    }
    static var sampleValue: Self { 0 }
}

extension Int: SimpleShape {}
extension Int8: SimpleShape {}
extension Int16: SimpleShape {}
extension Int32: SimpleShape {}
extension Int64: SimpleShape {}
extension UInt: SimpleShape {}
extension UInt8: SimpleShape {}
extension UInt16: SimpleShape {}
extension UInt32: SimpleShape {}
extension UInt64: SimpleShape {}

/// A type that is made of others, and needs no name either.
protocol ContainerShape {
    static func entry(in book: SchemaBook) throws -> SchemaBook.Entry
}

extension Array: ContainerShape where Element: Decodable {
    static func entry(in book: SchemaBook) throws -> SchemaBook.Entry {
        SchemaBook.Entry(schema: ["type": "array", "items": try book.schema(of: Element.self)], sample: Self())
    }
}

extension Optional: ContainerShape where Wrapped: Decodable {
    static func entry(in book: SchemaBook) throws -> SchemaBook.Entry {
        SchemaBook.Entry(schema: SchemaBook.nullable(try book.schema(of: Wrapped.self)), sample: Self.none as Any)
    }
}

extension Dictionary: ContainerShape where Key == String, Value: Decodable {
    static func entry(in book: SchemaBook) throws -> SchemaBook.Entry {
        let values = try book.schema(of: Value.self)
        return SchemaBook.Entry(schema: ["type": "object", "additionalProperties": values], sample: Self())
    }
}
