public import AuditTrail

extension AuditDigest: SchemaDescribing {
    /// SHA-256 in hexadecimal digits.
    public static var schema: ValueSchema {
        .texts("SHA-256, in hexadecimal digits", example: genesis.description, [.pattern("^[0-9a-f]{64}$")])
    }
    /// 32 zeros.
    public static var sample: AuditDigest { .genesis }
}

extension CanonicalValue: SchemaDescribing {
    /// Any JSON without fractions.
    public static var schema: ValueSchema { .anything("Any JSON value; its numbers are whole") }
    /// Null.
    public static var sample: CanonicalValue { .null }
}
