extension ProblemCode {
    /// The route asks for a caller who is known, and the request carries no token.
    public static let authenticationRequired = ProblemCode(
        "AUTHENTICATION_REQUIRED",
        401,
        en: "Sign in first",
        zh: "请先登录",
        hint: "Send a token in the Authorization header: run “ceyuan login”, or set CEYUAN_TOKEN.",
        hintZh: "请在 Authorization 头中提供令牌：运行 ceyuan login，或设置 CEYUAN_TOKEN。"
    )
    /// The token is none of the platform's, was revoked, or its owner is disabled.
    public static let tokenInvalid = ProblemCode(
        "TOKEN_INVALID",
        401,
        en: "The token is not valid",
        zh: "令牌无效",
        hint: "Check that it was copied whole; ask for a new one if it was revoked.",
        hintZh: "请检查令牌是否完整；若已被撤销，请申请新令牌。"
    )
    /// The token was valid once.
    public static let tokenExpired = ProblemCode(
        "TOKEN_EXPIRED",
        401,
        en: "The token has expired",
        zh: "令牌已过期",
        hint: "Sign in again, or ask for a new token.",
        hintZh: "请重新登录，或申请新令牌。"
    )
    /// The caller is known and lacks the permission of the route; member `permission` names it.
    public static let permissionDenied = ProblemCode(
        "PERMISSION_DENIED",
        403,
        en: "Not permitted",
        zh: "没有权限",
        hint: "Ask an administrator for a role that gives it; “ceyuan access explain” says what is missing.",
        hintZh: "请向管理员申请具有该权限的角色；ceyuan access explain 可说明缺少什么。"
    )

    /// The token of the OpenID provider is good, and its subject is no user here, or one who is disabled.
    public static let userUnknown = ProblemCode(
        "USER_UNKNOWN",
        403,
        en: "Not a user of the platform",
        zh: "不是平台用户",
        hint: "Ask an administrator to add you: “ceyuan user create” with issuer and subject.",
        hintZh: "请联系管理员添加用户（ceyuan user create，并给出 issuer 与 subject）。"
    )

    /// The kinds of problems of identity, in the order of this file.
    static let identityCatalogue: [ProblemCode] = [
        authenticationRequired, tokenInvalid, tokenExpired, permissionDenied, userUnknown,
    ]
}
