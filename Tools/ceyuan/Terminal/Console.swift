import DomainModel
import Glibc

/// What the output is like: who reads it, in which language, and how wide it may be.
struct Console: Sendable {
    /// The language of headings and messages.
    let language: Language
    /// The form of the output.
    let format: OutputFormat
    /// Whether everything that was not asked for is left out: progress, remarks.
    let isQuiet: Bool
    /// The columns of the terminal that standard output is; `nil` when it is a file or a pipe.
    let width: Int?
    /// Whether standard error is a terminal, so that progress may be drawn there.
    let errorIsTerminal: Bool
    private let outputHasColour: Bool
    private let errorHasColour: Bool

    /// Looks at the environment and at what the output is, once.
    init(language: Language?, format: OutputFormat, isQuiet: Bool) {
        let outputIsTerminal = isatty(STDOUT_FILENO) == 1
        let errorIsTerminal = isatty(STDERR_FILENO) == 1
        // https://no-color.org: any value but an empty one switches colour off.
        let colourIsAllowed = Environment["NO_COLOR"] == nil && Environment["TERM"] != "dumb"
        self.init(
            language: language ?? Self.languageOfEnvironment,
            format: format,
            isQuiet: isQuiet,
            width: outputIsTerminal ? Self.terminalWidth : nil,
            errorIsTerminal: errorIsTerminal,
            outputHasColour: outputIsTerminal && colourIsAllowed,
            errorHasColour: errorIsTerminal && colourIsAllowed
        )
    }

    /// Makes a console of its parts.
    init(
        language: Language,
        format: OutputFormat = .table,
        isQuiet: Bool = false,
        width: Int?,
        errorIsTerminal: Bool = false,
        outputHasColour: Bool = false,
        errorHasColour: Bool = false
    ) {
        self.language = language
        self.format = format
        self.isQuiet = isQuiet
        self.width = width
        self.errorIsTerminal = errorIsTerminal
        self.outputHasColour = outputHasColour
        self.errorHasColour = errorHasColour
    }

    /// The form of a text in the console's language.
    func callAsFunction(_ zh: String, _ en: String) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }

    /// Writes text to standard output.
    ///
    /// - Throws: ``Failure`` when it cannot be written, as on a full disk.
    func write(_ text: String) throws {
        guard Self.writeAll(STDOUT_FILENO, text) else { throw Failure.outputUnwritable(errno: errno) }
    }

    /// Writes a line to standard output.
    func line(_ text: String = "") throws { try write(text + "\n") }

    /// Writes a remark to standard error, unless the console is quiet.
    func remark(_ text: String) {
        if !isQuiet { _ = Self.writeAll(STDERR_FILENO, text + "\n") }
    }

    /// Writes a line to standard error.
    func complain(_ text: String) {
        _ = Self.writeAll(STDERR_FILENO, text + "\n")
    }

    /// Text in a style for standard output.
    func styled(_ text: String, _ style: Style?) -> String {
        outputHasColour ? style?.applied(to: text) ?? text : text
    }

    /// Text in a style for standard error.
    func styledError(_ text: String, _ style: Style?) -> String {
        errorHasColour ? style?.applied(to: text) ?? text : text
    }

    /// The same without colours, for a table on standard error.
    var plain: Console { Console(language: language, width: errorIsTerminal ? width : nil) }

    /// The same with fewer columns, for what stands further in.
    func narrowed(by columns: Int) -> Console {
        Console(
            language: language,
            format: format,
            isQuiet: isQuiet,
            width: width.map { max(1, $0 - columns) },
            errorIsTerminal: errorIsTerminal,
            outputHasColour: outputHasColour,
            errorHasColour: errorHasColour
        )
    }

    /// Chinese for a Chinese locale, English for any other. Source: POSIX.1-2017 §8.2 for the order of variables.
    static var languageOfEnvironment: Language {
        let locale = Environment["LC_ALL"] ?? Environment["LC_MESSAGES"] ?? Environment["LANG"] ?? ""
        return locale.lowercased().hasPrefix("zh") ? .zh : .en
    }

    private static var terminalWidth: Int {
        if let columns = Environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

/// How a text stands out on a terminal.
enum Style: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"

    /// The text between the escape sequences. Source: ECMA-48 §8.3.117 (SGR).
    func applied(to text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}

/// The environment of the process.
enum Environment {
    /// The value of a variable; `nil` when it is unset or empty.
    static subscript(name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}

extension Console {
    /// Writes all of a text to a file descriptor.
    static func writeAll(_ descriptor: Int32, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let written = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
                if written >= 0 {
                    offset += written
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
