import DomainModel
import Glibc
public import Logging

/// Writes each event as one line to a file descriptor, in one call, so that lines of several threads do not mix.
public struct LineLogHandler: LogHandler {
    /// What every line carries.
    public var metadata: Logger.Metadata = [:]
    /// What is let through.
    public var logLevel: Logger.Level
    /// Adds what belongs to the present task.
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogFormat
    private let descriptor: Int32
    private let clock: PlatformClock

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: The logger's name.
    ///   - format: How lines look.
    ///   - level: What is let through.
    ///   - descriptor: Where lines go; 2 is the standard error.
    ///   - clock: Whose time they carry.
    public init(
        label: String,
        format: LogFormat,
        level: Logger.Level,
        descriptor: Int32 = 2,
        clock: PlatformClock = .system
    ) {
        self.label = label
        self.format = format
        self.logLevel = level
        self.descriptor = descriptor
        self.clock = clock
    }

    /// A member of the metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event.
    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        let line = format == .json ? json(event, all) : text(event, all)
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // There is nowhere left to complain to.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var line = "\(clock.now) \(event.level.rawValue.uppercased()) \(label): \(Self.singleLine("\(event.message)"))"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let text = Self.singleLine("\(value)")
            line += text.contains(" ") ? " \(key)=\"\(text)\"" : " \(key)=\(text)"
        }
        return line + "\n"
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var members = [
            ("time", "\(clock.now)"), ("level", event.level.rawValue), ("logger", label),
            ("message", "\(event.message)"),
        ]
        .map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            members.append("\(Self.quoted(key)):\(Self.json(value))")
        }
        return "{\(members.joined(separator: ","))}\n"
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): return quoted(text)
        case .stringConvertible(let number as any FixedWidthInteger): return "\(number)"
        case .stringConvertible(let number as Double) where number.isFinite: return "\(number)"
        case .stringConvertible(let value): return quoted("\(value)")
        case .array(let values): return "[\(values.map(json).joined(separator: ","))]"
        case .dictionary(let members):
            let pairs = members.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(json($0.value))" }
            return "{\(pairs.joined(separator: ","))}"
        }
    }

    /// A JSON string. Source: RFC 8259 §7.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A text without control characters: nobody can forge a line of the log through a value.
    private static func singleLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    }
}
