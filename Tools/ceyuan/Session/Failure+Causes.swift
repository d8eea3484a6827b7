import DomainModel
import LocalPostgres
import PlatformClient
import PostgresClient

extension Failure {
    /// The failure that any error amounts to.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as PlatformClientError: self.init(client: error)
        case let error as LocalPostgresError: self.init(cluster: error)
        case let error as PostgresError: self.init(database: error)
        case let error as MigrationError:
            let code = error.code.rawValue.screaming
            self.init(.local, code, zh: error.messageInChinese, en: error.message)
        default: self.init(.local, "INTERNAL", zh: "意外错误：\(error)", en: "An unexpected error: \(error)")
        }
    }

    private init(client error: PlatformClientError) {
        switch error {
        case .problem(let details):
            self.init(problem: details)
        default:
            self.init(
                Self.status(of: error),
                error.code,
                zh: error.message(in: .zh),
                en: error.message(in: .en),
                hint: Self.hint(for: error)
            )
        }
    }

    private init(problem: ProblemDetails) {
        func text(_ language: Language) -> String {
            problem.detail[language].isEmpty ? problem.title[language] : problem.detail[language]
        }
        self.init(
            Self.status(of: problem.status),
            problem.code,
            zh: text(.zh),
            en: text(.en),
            hint: problem.hint.zh.isEmpty && problem.hint.en.isEmpty ? nil : problem.hint
        )
        conflicts = problem.member("conflicts", as: [Conflict].self) ?? []
        if let successor = problem.member("successor", as: String.self) {
            details.append((LocalizedText(zh: "后继", en: "successor"), LocalizedText(zh: successor, en: successor)))
        }
        if let instance = problem.instance {
            details.append((LocalizedText(zh: "请求", en: "request"), LocalizedText(zh: instance, en: instance)))
        }
        if problem.status >= 500, let id = problem.requestID {
            details.append(
                (LocalizedText(zh: "日志", en: "log"), LocalizedText(zh: "requestId=\(id)", en: "requestId=\(id)"))
            )
        }
    }

    private init(cluster error: LocalPostgresError) {
        self.init(.local, "POSTGRES_\(error.code.rawValue.screaming)", zh: error.messageInChinese, en: error.message)
        if let output = error.output {
            details.append((LocalizedText(zh: "输出", en: "output"), LocalizedText(zh: output, en: output)))
        }
    }

    private init(database error: PostgresError) {
        // Whoever works on a database directly may see its data: the message is shown as it is.
        let words = error.message ?? "\(error)"
        self.init(
            .local,
            "DATABASE_\(error.code.rawValue.screaming)",
            zh: "数据库：\(words)",
            en: "The database says: \(words)",
            hint: Self.hint(for: error)
        )
        if let state = error.sqlState {
            details.append(
                (LocalizedText(zh: "SQLSTATE", en: "SQLSTATE"), LocalizedText(zh: "\(state)", en: "\(state)"))
            )
        }
        if let detail = error.detail {
            details.append((LocalizedText(zh: "详情", en: "detail"), LocalizedText(zh: detail, en: detail)))
        }
    }

    /// What the program exits with when a service refused with this status.
    static func status(of httpStatus: Int) -> CommandStatus {
        switch httpStatus {
        case 400: .usage
        case 404, 410: .notFound
        case 400..<500: .refused
        case 503: .unreachable
        default: .serviceError
        }
    }

    private static func status(of error: PlatformClientError) -> CommandStatus {
        switch error {
        case .transport: .unreachable
        case .problem(let details): status(of: details.status)
        case .unexpectedStatus, .undecodable, .replyTooLong: .serviceError
        case .file: .local
        case .invalidAddress: .usage
        }
    }

    private static func hint(for error: PostgresError) -> LocalizedText? {
        if error.code == .connectionFailed {
            return LocalizedText(
                zh: "检查 --database 或 CEYUAN_DATABASE_URL 中的主机、端口、数据库、用户和 sslmode，数据库服务器是否在运行，"
                    + "以及其 pg_hba.conf 是否允许；私有数据库用 ceyuan local up 启动",
                en: "Check host, port, database, user and sslmode in --database or CEYUAN_DATABASE_URL, whether the"
                    + " server runs, and whether its pg_hba.conf admits you; ceyuan local up starts the private one"
            )
        }
        return error.hint.map { LocalizedText(zh: $0, en: $0) }
    }

    private static func hint(for error: PlatformClientError) -> LocalizedText? {
        guard case .transport(let failure) = error, failure.kind == .refused || failure.kind == .unknownHost else {
            return nil
        }
        return LocalizedText(
            zh: "用 --url 或 CEYUAN_URL 指明服务地址；ceyuan-platform 默认监听 http://127.0.0.1:8100",
            en: "Name the service with --url or CEYUAN_URL; ceyuan-platform listens on http://127.0.0.1:8100"
        )
    }
}

extension String {
    /// `port-in-use` as `PORT_IN_USE`.
    fileprivate var screaming: String {
        String(uppercased().map { $0 == "-" ? "_" : $0 })
    }
}
