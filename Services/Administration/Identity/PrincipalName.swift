import DomainModel
import ServiceKit

/// What people and services may be called: the part after `user:`.
enum PrincipalName {
    /// Passes `user:` or `service:` and a name.
    ///
    /// - Throws: ``Problem``: `BODY_INVALID`.
    static func check(id: String) throws {
        guard let prefix = ["user:", "service:"].first(where: id.hasPrefix) else {
            throw Problem(
                .bodyInvalid,
                "id is \(id); expected user:NAME or service:NAME.",
                zh: "id 为 \(id)，应为 user:名称 或 service:名称。"
            )
            .with("pointer", "/id")
        }
        try check(String(id.dropFirst(prefix.count)))
    }

    /// Passes names of `a–z`, digits and `. _ @ -`, up to 127, which begin with a letter or digit.
    ///
    /// - Throws: ``Problem``: `BODY_INVALID`.
    static func check(_ name: String) throws {
        let isPlain: (Character) -> Bool = { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        let isName =
            name.first.map(isPlain) ?? false && name.count <= 127
            && name.allSatisfy { isPlain($0) || "._@-".contains($0) }
        guard isName else {
            throw Problem(
                .bodyInvalid,
                "The name is none: expected up to 127 of a–z, 0–9 and . _ @ -, a letter or digit first.",
                zh: "名称无效：应为至多 127 个 a–z、0–9 与 . _ @ -，以字母或数字开头。"
            )
            .with("pointer", "/name")
        }
    }
}
