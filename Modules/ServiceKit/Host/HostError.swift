/// Why a host does not start, or stopped.
enum HostError: Error, Sendable, CustomStringConvertible {
    /// Two plugins declare routes that cannot be told apart.
    case routeConflict(String, String)
    /// Two plugins have one name, or two handlers one kind of job.
    case duplicate(String)
    /// A route asks for a permission that no plugin's manifest lists.
    case permissionUnknown(String, route: String)
    /// Keys of the configuration that nothing reads.
    case keysUnknown([UnknownKey])
    /// Row-level security would not apply to the role that the service connects as.
    case roleTooPowerful(String, [String])
    /// The role may not touch schemas that the service declares.
    case roleTooWeak(String, lacking: [String])
    /// The database has not all migrations that this program needs.
    case schemaTooOld(missing: [String])
    /// The database has migrations that this program does not know, or other ones under the same number.
    case schemaTooNew(unknown: [String])
    /// The database cannot be reached.
    case databaseUnreachable(String)
    /// A directory cannot be made or written to.
    case directoryUnusable(String, Int32)
    /// The address is taken, or is none of this machine's.
    case cannotListen(String, String)

    /// The process's exit code. Source: sysexits(3head).
    var exitCode: Int32 {
        switch self {
        case .routeConflict, .duplicate, .permissionUnknown: HostExit.fault
        case .roleTooPowerful, .roleTooWeak, .keysUnknown: HostExit.configuration
        case .schemaTooOld, .schemaTooNew: HostExit.schemaMismatch
        case .databaseUnreachable: HostExit.databaseUnreachable
        case .directoryUnusable: HostExit.cannotCreate
        case .cannotListen: HostExit.cannotListen
        }
    }

    var description: String {
        switch self {
        case .routeConflict(let one, let other):
            "two routes cannot be told apart: \(one) and \(other)"
        case .duplicate(let name):
            "\(name) stands twice"
        case .permissionUnknown(let permission, let route):
            "\(route) asks for the permission \(permission), which no manifest lists"
        case .keysUnknown(let keys):
            "unknown configuration: \(keys.map(\.description).joined(separator: ", ")); --help lists all keys"
                + " / 未知的配置项，--help 列出全部配置项"
        case .roleTooPowerful(let role, let reasons):
            "the database role \(role) \(reasons.joined(separator: " and ")), so that row-level security would not hold;"
                + " connect as ceyuan_service (“ceyuan local url --service”) / 数据库角色 \(role) 权限过大，行级安全不生效，"
                + "请以 ceyuan_service 连接"
        case .roleTooWeak(let role, let missing):
            "the database role \(role) may not use \(missing.joined(separator: ", ")); connect as the role of this"
                + " service (“ceyuan local url --service NAME”), and run “ceyuan migrate up” as the owner"
                + " / 数据库角色 \(role) 无权使用上述模式，请以本服务的角色连接"
        case .schemaTooOld(let missing):
            "the database lacks \(missing.joined(separator: ", ")): run “ceyuan migrate up” first"
                + " / 数据库结构过旧，请先运行 ceyuan migrate up"
        case .schemaTooNew(let unknown):
            "the database is of another release; this program does not know \(unknown.joined(separator: ", ")):"
                + " run the release that “ceyuan migrate up” came with / 数据库结构与本程序版本不符，请使用对应版本"
        case .databaseUnreachable(let reason):
            "the database cannot be reached: \(reason); check database.url and that the server runs"
                + " / 无法连接数据库，请检查 database.url 与数据库服务"
        case .directoryUnusable(let path, let number):
            "the directory \(path) cannot be used (\(systemMessage(number))); check directories.* and its permissions"
                + " / 目录 \(path) 不可用"
        case .cannotListen(let address, let reason):
            "cannot listen on \(address): \(reason); choose another listen.port, or stop the program that has it"
                + " / 无法监听 \(address)"
        }
    }
}

/// Exit codes of a host. Source: sysexits(3head).
enum HostExit {
    /// Stopped by a signal, in good order.
    static let ok: Int32 = 0
    /// An option that does not exist (EX_USAGE).
    static let usage: Int32 = 64
    /// The database's schema is not the program's (EX_DATAERR).
    static let schemaMismatch: Int32 = 65
    /// The database cannot be reached (EX_UNAVAILABLE).
    static let databaseUnreachable: Int32 = 69
    /// A fault of the program (EX_SOFTWARE).
    static let fault: Int32 = 70
    /// The address cannot be listened on (EX_OSERR).
    static let cannotListen: Int32 = 71
    /// A directory or file cannot be made (EX_CANTCREAT).
    static let cannotCreate: Int32 = 73
    /// The configuration is wrong (EX_CONFIG).
    static let configuration: Int32 = 78
}
