/// How the bytes of a body are packed. Source: RFC 9110 §8.4.1; RFC 8878 for zstd.
enum ContentCoding: String, Sendable, CaseIterable {
    /// Not at all.
    case identity
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd
}
