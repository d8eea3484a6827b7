/// What the program tells whoever started it.
enum CommandStatus: Int32, CaseIterable {
    /// What was asked for is done.
    case done = 0
    /// The data were refused, wholly or in part, or the answer is "no".
    case refused = 1
    /// The command was not understood.
    case usage = 2
    /// What was named does not exist.
    case notFound = 3
    /// The service cannot be reached.
    case unreachable = 4
    /// The service failed.
    case serviceError = 5
    /// Something on this machine: files, PostgreSQL.
    case local = 6

    /// One line for `--help`.
    var summary: String {
        switch self {
        case .done: "done"
        case .refused: "data refused, wholly or in part, or the answer is no"
        case .usage: "the command was not understood"
        case .notFound: "what was named does not exist"
        case .unreachable: "the service cannot be reached"
        case .serviceError: "the service failed"
        case .local: "a problem on this machine: a file, or PostgreSQL"
        }
    }
}
