import DomainModel

extension User: Listed {
    /// Whether they are let in, in a word.
    private var state: LocalizedText {
        isDisabled ? LocalizedText(zh: "停用", en: "disabled") : LocalizedText(zh: "启用", en: "enabled")
    }

    static var listing: [Column<User>] {
        var columns: [Column<User>] = [
            .code("id", "用户", "user") { $0.id },
            .text("name", "姓名", "name") { $0.name },
        ]
        columns += Column.word(
            "state",
            "状态",
            "state",
            style: { $0.isDisabled ? .yellow : .green },
            code: { $0.state.en },
            called: { $0.state }
        )
        columns += [
            .text("issuer", "身份提供方", "issuer", in: [.sheet, .csv]) { $0.issuer },
            .text("subject", "外部账号", "subject", in: [.sheet, .csv]) { $0.subject },
        ]
        return columns + Column.instant("created_at", "创建时间", "added at") { $0.createdAt }
    }
}

extension Role: Listed {
    static var listing: [Column<Role>] {
        [
            .code("code", "角色", "role") { $0.code },
            .text("name_zh", "中文名", "Chinese") { $0.name.zh },
            .text("name_en", "英文名", "English") { $0.name.en },
            .text("permissions", "权限", "permissions") { $0.permissions.joined(separator: " ") },
            .text("builtin", "内置", "built in", in: [.sheet, .csv]) { $0.isBuiltin ? "yes" : "no" },
        ]
    }
}

extension AccessGrant: Listed {
    static var listing: [Column<AccessGrant>] {
        [
            .number("id", "授权", "grant") { $0.id },
            .code("principal", "主体", "principal") { $0.principal },
            .code("role", "角色", "role") { $0.role },
            .code("region", "地区", "region") { $0.region ?? "*" },
        ]
            + Column.instant("valid_from", "生效", "from") { $0.validFrom }
            + Column.instant("valid_until", "失效", "until") { $0.validUntil }
            + Column.instant("revoked_at", "撤销", "taken back") { $0.revokedAt }
            + [.text("granted_by", "授权人", "given by", in: [.sheet, .csv]) { $0.grantedBy }]
    }
}

extension TokenRecord: Listed {
    static var listing: [Column<TokenRecord>] {
        [
            .number("id", "令牌", "token") { $0.id },
            .code("principal", "主体", "principal") { $0.principal },
            .text("name", "名称", "name") { $0.name },
            .code("hint", "开头", "begins with") { $0.hint },
            .text("scope", "限于", "limited to") { $0.scope?.joined(separator: " ") },
        ]
            + Column.instant("created_at", "创建", "made", in: [.sheet, .csv]) { $0.createdAt }
            + Column.instant("expires_at", "到期", "ends") { $0.expiresAt }
            + Column.instant("last_used_at", "最近使用", "last used") { $0.lastUsedAt }
            + Column.instant("revoked_at", "撤销", "ended") { $0.revokedAt }
    }
}

extension IssuedToken: Listed {
    static var listing: [Column<IssuedToken>] {
        [
            .number("id", "编号", "number") { $0.id },
            .code("principal", "主体", "principal") { $0.principal },
            .code("token", "令牌", "token") { $0.token },
        ] + Column.instant("expires_at", "到期", "ends") { $0.expiresAt }
    }
}
