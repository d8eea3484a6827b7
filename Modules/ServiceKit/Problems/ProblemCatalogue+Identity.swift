import DomainModel

extension ProblemCode {
    /// The route asks for a caller who is known, and the request carries no token.
    public static let authenticationRequired = ProblemCode(
        "AUTHENTICATION_REQUIRED",
        401,
        en: "Sign in first",
        zh: "请先登录",
        hint: "Send a token in the Authorization header: run “ceyuan login”, or set CEYUAN_TOKEN.",
        hintZh: "请在 Authorization 头中提供令牌：运行 ceyuan login，或设置 CEYUAN_TOKEN。",
        cause: LocalizedText(
            zh: "该路径要求登录，而请求没有令牌。",
            en: "The path asks who is calling, and the request has no token."
        ),
        example: LocalizedText(zh: "GET /v1/regions 需要登录。", en: "GET /v1/regions asks for a token.")
    )
    /// The token is none of the platform's, was revoked, or its owner is disabled.
    public static let tokenInvalid = ProblemCode(
        "TOKEN_INVALID",
        401,
        en: "The token is not valid",
        zh: "令牌无效",
        hint: "Check that it was copied whole; ask for a new one if it was revoked.",
        hintZh: "请检查令牌是否完整；若已被撤销，请申请新令牌。",
        cause: LocalizedText(
            zh: "令牌不是本平台所发、已被撤销，或其主体已停用。",
            en: "The token is not of this platform, was revoked, or its owner is shut out."
        ),
        example: LocalizedText(zh: "令牌无效。", en: "The token is not valid.")
    )
    /// The token was valid once.
    public static let tokenExpired = ProblemCode(
        "TOKEN_EXPIRED",
        401,
        en: "The token has expired",
        zh: "令牌已过期",
        hint: "Sign in again, or ask for a new token.",
        hintZh: "请重新登录，或申请新令牌。",
        cause: LocalizedText(
            zh: "令牌已过有效期。",
            en: "The token is past its end."
        ),
        example: LocalizedText(zh: "令牌已过期。", en: "The token has expired.")
    )
    /// The caller is known and lacks the permission of the route; member `permission` names it.
    public static let permissionDenied = ProblemCode(
        "PERMISSION_DENIED",
        403,
        en: "Not permitted",
        zh: "没有权限",
        hint: "Ask an administrator for a role that gives it; “ceyuan access explain” says what is missing.",
        hintZh: "请向管理员申请具有该权限的角色；ceyuan access explain 可说明缺少什么。",
        cause: LocalizedText(
            zh: "调用者的角色不含该路径要求的权限，或令牌范围不含它。",
            en: "No role of the caller gives the permission that the path asks for, or the token leaves it out."
        ),
        example: LocalizedText(
            zh: "user:li.wei 没有 batches.submit 权限。",
            en: "user:li.wei lacks the permission batches.submit."
        )
    )

    /// The token of the OpenID provider is good, and its subject is no user here, or one who is disabled.
    public static let userUnknown = ProblemCode(
        "USER_UNKNOWN",
        403,
        en: "Not a user of the platform",
        zh: "不是平台用户",
        hint: "Ask an administrator to add you: “ceyuan user create” with issuer and subject.",
        hintZh: "请联系管理员添加用户（ceyuan user create，并给出 issuer 与 subject）。",
        cause: LocalizedText(
            zh: "身份提供方的令牌有效，但其主体不是平台用户，或已停用。",
            en:
                "The OpenID provider's token is good, but its subject is no user of the platform, or one who is shut out."
        ),
        example: LocalizedText(zh: "平台没有对应此账号的用户。", en: "No user of the platform has this account.")
    )

    /// The kinds of problems of identity, in the order of this file.
    static let identityCatalogue: [ProblemCode] = [
        authenticationRequired, tokenInvalid, tokenExpired, permissionDenied, userUnknown,
    ]
}
