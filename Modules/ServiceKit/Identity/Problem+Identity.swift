import HTTPTypes

extension Problem {
    /// The request carries no token.
    static func unauthenticated() -> Problem {
        Problem(
            .authenticationRequired,
            "The request carries no bearer token.",
            zh: "请求未带令牌（Bearer）。"
        )
        .challenging("Bearer realm=\"ceyuan\"")
    }

    /// The token is none; why is not told, since whoever guesses tokens must learn nothing.
    static func tokenInvalid() -> Problem {
        Problem(
            .tokenInvalid,
            "The token is unknown, mistyped or revoked.",
            zh: "令牌不存在、有误或已撤销。"
        )
        .challenging("Bearer realm=\"ceyuan\", error=\"invalid_token\"")
    }

    /// The token is one of the platform's, and its time is over.
    static func tokenExpired() -> Problem {
        Problem(.tokenExpired, "The token has expired.", zh: "令牌已过期。")
            .challenging("Bearer realm=\"ceyuan\", error=\"invalid_token\", error_description=\"expired\"")
    }

    /// The identity provider knows the caller, and the platform does not.
    static func notAUser() -> Problem {
        Problem(
            .userUnknown,
            "The identity provider vouches for you, but you are no user of the platform.",
            zh: "身份提供方已确认您的身份，但您不是本平台用户。"
        )
    }

    /// The caller lacks a permission.
    static func denied(_ permission: Permission, to authority: Authority) -> Problem {
        let isNarrow = authority.tokenScope.map { !$0.contains(permission.id) } ?? false
        return Problem(
            .permissionDenied,
            isNarrow
                ? "The token of \(authority.principal) is not made for \(permission.id)."
                : "\(authority.principal) lacks the permission \(permission.id).",
            zh: isNarrow
                ? "\(authority.principal) 的令牌不含权限 \(permission.id)。"
                : "\(authority.principal) 缺少权限 \(permission.id)。"
        )
        .with("permission", permission.id)
        .challenging("Bearer realm=\"ceyuan\", error=\"insufficient_scope\", scope=\"\(permission.id)\"")
    }

    /// What is to be changed lies in no region, and the caller's grants for it are for some regions only.
    public static func deniedOutsideRegions(_ permission: Permission, to principal: Principal) -> Problem {
        Problem(
            .permissionDenied,
            "\(principal.id) has the permission \(permission.id) for some regions only; this needs it everywhere.",
            zh: "\(principal.id) 仅在部分地区具有权限 \(permission.id)；此操作需要全域权限。"
        )
        .with("permission", permission.id)
    }

    private func challenging(_ challenge: String) -> Problem {
        var copy = self
        copy.headers[.wwwAuthenticate] = challenge
        return copy
    }
}
