extension RegistryRecord {
    /// Words that stand in the place of a key in paths: `/v1/talents/export`.
    private static let reserved: Set<String> = ["export", "import"]

    /// Whether a text may be the key of a record: 1 to 64 letters, digits, dots, underscores and hyphens, and no word of
    /// the paths.
    public static func isKey(_ text: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 64, !reserved.contains(text)
        else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || [45, 46, 95].contains($0) }
    }

    /// What is wrong with a key; `nil` when nothing is.
    public static func fault(ofKey text: String) -> Conflict? {
        guard !isKey(text) else { return nil }
        let expected = LocalizedText(
            zh: "1 到 64 个字母、数字、点、下划线或连字符，以字母或数字开头；不得为 export 或 import",
            en:
                "1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first; neither “export” nor “import”"
        )
        return Conflict(code: .fieldInvalid, field: "key", given: text, expected: expected)
    }
}
