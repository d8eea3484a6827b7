import DomainModel
import ServiceKit
import Storage

extension APIRequest {
    /// Passes callers who have the route's permission everywhere: what is changed here concerns all regions.
    ///
    /// - Throws: ``Problem``: `PERMISSION_DENIED`.
    func requireEverywhere() throws {
        if !principal.isEverywhere { throw Problem.deniedOutsideRegions(route.permission, to: principal) }
    }

    /// Passes callers who have themselves all that others would get, so that nobody can raise themselves.
    ///
    /// - Throws: ``Problem``: `GRANT_TOO_WIDE`.
    func requireCover(_ permissions: [String: RegionScope]) throws {
        guard let authority, authority.covers(permissions) else {
            throw Problem(
                .grantTooWide,
                "\(principal.id) cannot give what they do not have: \(permissions.keys.sorted().joined(separator: ", ")).",
                zh: "\(principal.id) 不能给出自己没有的权限：\(permissions.keys.sorted().joined(separator: "、"))。"
            )
        }
    }
}

extension ProblemCode {
    /// Somebody would give more than they have.
    static let grantTooWide = ProblemCode(
        "GRANT_TOO_WIDE",
        403,
        en: "More than you have yourself",
        zh: "超出自身权限",
        hint: "Give less, or ask an administrator to give it.",
        hintZh: "请缩小授权范围，或由管理员授予。",
        cause: LocalizedText(
            zh: "要给出的权限或范围超出授权者自身所有。",
            en: "Somebody would give a permission, or a range of it, that they do not have."
        ),
        example: LocalizedText(
            zh: "user:li.wei 不能给出自己没有的权限：identity.manage。",
            en: "user:li.wei cannot give what they do not have: identity.manage."
        )
    )
    /// Something of the name is there already.
    static let nameTaken = ProblemCode(
        "NAME_TAKEN",
        409,
        en: "The name is taken",
        zh: "名称已被占用",
        hint: "Choose another name, or look at what is there.",
        hintZh: "请换一个名称，或查看已有的记录。",
        cause: LocalizedText(
            zh: "已有同名记录。",
            en: "There is a record of the name already."
        ),
        example: LocalizedText(zh: "已有用户 user:li.wei。", en: "There is a user user:li.wei already.")
    )
}

extension Problem {
    /// Something of the name is there already.
    static func taken(_ kind: String, zh: String, _ name: String) -> Problem {
        Problem(.nameTaken, "There is a \(kind) \(name) already.", zh: "已有\(zh) \(name)。")
    }
}
