import DomainModel
import Glibc

/// Reads what shall stand neither on the screen nor in a history of the shell.
enum SecretInput {
    /// The first line of standard input, without its end; a terminal does not show it.
    ///
    /// - Parameters:
    ///   - console: Where the prompt is shown when a person types.
    ///   - zh: The prompt in Chinese.
    ///   - en: The prompt in English.
    /// - Returns: The line; empty when there is none.
    /// - Throws: ``Failure`` when standard input cannot be read.
    static func line(_ console: Console, zh: String, en: String) throws -> String {
        var old = termios()
        let isTerminal = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &old) == 0
        if isTerminal {
            var silent = old
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
            console.remark(console(zh, en))
        }
        defer { if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &old) } }
        guard let handle = fdopen(dup(STDIN_FILENO), "r") else { throw Failure.outputUnwritable(errno: errno) }
        defer { fclose(handle) }
        var bytes = [CChar](repeating: 0, count: 10_000)
        guard fgets(&bytes, Int32(bytes.count), handle) != nil else { return "" }
        let line = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: line, as: UTF8.self).trimmed
    }
}
