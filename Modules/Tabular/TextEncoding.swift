/// A character encoding that tables may be in.
public enum TextEncoding: String, Sendable, CaseIterable {
    /// UTF-8 (RFC 3629), with or without byte order mark.
    case utf8 = "UTF-8"
    /// UTF-16, low byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16, high byte first.
    case utf16BigEndian = "UTF-16BE"
    /// GB 18030, which contains GBK and GB/T 2312.
    case gb18030 = "GB18030"

    /// The encoding that a `charset` parameter names, upper or lower case; `nil` for one that is not supported.
    ///
    /// `utf-16` alone is not supported: it leaves the byte order to a mark, which is read when nothing is declared.
    ///
    /// Source: IANA Character Sets registry (names and aliases).
    public init?(charset: String) {
        switch charset.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
        case "utf-16le": self = .utf16LittleEndian
        case "utf-16be": self = .utf16BigEndian
        case "gb18030", "gbk", "cp936", "gb2312", "gb_2312-80": self = .gb18030
        default: return nil
        }
    }
}
