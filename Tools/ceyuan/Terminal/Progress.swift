import DomainModel
import Glibc
import Synchronization

/// One line of a terminal that tells how far a long piece of work has come.
///
/// Drawn on standard error, and only when that is a terminal. Ctrl-C leaves the line empty.
final class Progress: Sendable {
    private let console: Console
    private let isShown: Bool
    private let lastDrawn = Mutex("")

    /// Begins to watch; nothing is drawn yet.
    init(_ console: Console) {
        self.console = console
        isShown = console.errorIsTerminal && !console.isQuiet
        if isShown { Self.clearOnInterrupt() }
    }

    /// Draws a bar: what is done, how much of how much; a total of 0 is not known yet.
    func show(_ label: String, _ done: Int64, of total: Int64, unit: (Int64) -> String) {
        guard isShown else { return }
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        let percent = "\(Int(share * 100))%"
        draw("\(label)  \(bar)  \(percent)  \(unit(done)) / \(unit(total))")
    }

    /// Draws how much of a file is sent, and once all of it is, that the answer is being waited for.
    func show(sent: Int64, of total: Int64) {
        if sent < total {
            show(console("上传", "Sending"), sent, of: total, unit: byteCount)
        } else {
            show(console("已送达（\(byteCount(total))），等待答复……", "Sent \(byteCount(total)), waiting for the answer …"))
        }
    }

    /// Draws a text without a bar, for work whose end is not known.
    func show(_ text: String) {
        if isShown { draw(text) }
    }

    /// Empties the line; call it before anything else is printed, and at the end.
    func clear() {
        guard isShown else { return }
        lastDrawn.withLock { last in
            if !last.isEmpty { Self.write(Self.erase) }
            last = ""
        }
    }

    private func draw(_ text: String) {
        lastDrawn.withLock { last in
            guard text != last else { return }
            last = text
            Self.write("\(Self.erase)\(text.truncated(toWidth: Self.width - 1))")
        }
    }

    /// Carriage return, then "erase to the end of the line". Source: ECMA-48 §8.3.41 (EL).
    private static let erase = "\r\u{1B}[K"

    private static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
    }

    /// Makes Ctrl-C empty the line before it ends the program as it always does.
    private static func clearOnInterrupt() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Only what a signal handler may call: signal-safety(7).
                withUnsafeTemporaryAllocation(byteCount: 4, alignment: 1) { bytes in
                    (bytes[0], bytes[1], bytes[2], bytes[3]) = (13, 27, 91, 75)
                    _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, 4)
                }
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }
}

/// Bytes in a unit that fits: `12.3 MiB`. Source: IEC 80000-13 for the prefixes.
func byteCount(_ bytes: Int64) -> String {
    if bytes < 1024 { return "\(bytes) B" }
    var tenths = bytes * 10 / 1024
    var unit = 0
    let units = ["KiB", "MiB", "GiB", "TiB"]
    while tenths >= 10240, unit < units.count - 1 {
        tenths /= 1024
        unit += 1
    }
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
}

/// A count with thin groups: `1 234 567`. Source: ISO 80000-1 §7.3.1.
func grouped(_ count: Int64) -> String {
    let digits = String(count.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result.append(" ") }
        result.append(digit)
    }
    return (count < 0 ? "-" : "") + result
}
