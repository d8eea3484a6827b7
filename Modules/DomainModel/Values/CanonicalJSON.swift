public import FoundationEssentials

/// JSON in one spelling: members sorted by name, no blanks, slashes not escaped, UTF-8.
///
/// Hashes and stored documents depend on it, so the same value always gives the same bytes.
public enum CanonicalJSON {
    /// The bytes of a value.
    ///
    /// - Throws: `EncodingError` when the value cannot be encoded, for example a floating-point NaN.
    public static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// The text of a value.
    ///
    /// - Throws: `EncodingError` when the value cannot be encoded.
    public static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }

    /// Reads a value from JSON text.
    ///
    /// - Throws: `DecodingError` when the text is no JSON or not of the type.
    public static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
