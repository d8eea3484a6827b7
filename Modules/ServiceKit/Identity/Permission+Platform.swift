extension Permission {
    /// See users, roles, grants and tokens, and why somebody may do something.
    public static let readIdentity = Permission(
        "identity.read",
        en: "See users, roles, grants and tokens",
        zh: "查看用户、角色、授权与令牌"
    )
    /// Change users, roles, grants and other people's tokens.
    public static let manageIdentity = Permission(
        "identity.manage",
        en: "Change users, roles, grants and tokens",
        zh: "管理用户、角色、授权与令牌"
    )
    /// Read the metrics of a service, where the configuration does not open them to anybody.
    public static let readMetrics = Permission("metrics.read", en: "Read metrics", zh: "读取运行指标")

    /// See jobs, and everybody's operations.
    public static let readJobs = Permission("job.read", en: "See jobs", zh: "查看后台任务")
    /// Cancel jobs and everybody's operations, and replay dead jobs.
    public static let manageJobs = Permission("job.manage", en: "Cancel and replay jobs", zh: "取消与重跑后台任务")

    /// Those that every host knows, whatever plugins it mounts.
    static let ofPlatform: [Permission] = [.readIdentity, .manageIdentity, .readMetrics, .readJobs, .manageJobs]
}
