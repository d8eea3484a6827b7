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
        let all = members(of: event)
        var line = LogLine()
        if format == .json { json(event, all, &line) } else { text(event, all, &line) }
        var bytes = line.bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // There is nowhere left to complain to.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    private typealias Members = [(key: String, value: Logger.MetadataValue)]

    /// What the line carries, by key: the event's own goes before what its task has, that before what every line has.
    ///
    /// As a list, since there is a line for each request, and three dictionaries are slow to make one of.
    private func members(of event: LogEvent) -> Members {
        let (own, provided) = (event.metadata ?? [:], metadataProvider?.get() ?? [:])
        var members: Members = []
        members.reserveCapacity(own.count + provided.count + metadata.count + 1)
        if let error = event.error { members.append(("error", "\(error)")) }
        func isNew(_ key: String) -> Bool { event.error == nil || key != "error" }
        for (key, value) in own where isNew(key) { members.append((key, value)) }
        for (key, value) in provided where isNew(key) && own[key] == nil { members.append((key, value)) }
        for (key, value) in metadata where isNew(key) && own[key] == nil && provided[key] == nil {
            members.append((key, value))
        }
        members.sort { $0.key < $1.key }
        return members
    }

    private func text(_ event: LogEvent, _ members: Members, _ line: inout LogLine) {
        line.append(clock.now.description)
        line.append(" ")
        line.append(event.level.rawValue.uppercased())
        line.append(" ")
        line.append(label)
        line.append(": ")
        line.appendLine(event.message.description)
        for (key, value) in members {
            line.append(" ")
            line.append(key)
            line.append("=")
            line.appendValue(value.description)
        }
        line.append("\n")
    }

    private func json(_ event: LogEvent, _ members: Members, _ line: inout LogLine) {
        line.append("{\"time\":")
        line.appendQuoted(clock.now.description)
        line.append(",\"level\":")
        line.appendQuoted(event.level.rawValue)
        line.append(",\"logger\":")
        line.appendQuoted(label)
        line.append(",\"message\":")
        line.appendQuoted(event.message.description)
        for (key, value) in members {
            line.append(",")
            line.appendQuoted(key)
            line.append(":")
            Self.json(value, &line)
        }
        line.append("}\n")
    }

    private static func json(_ value: Logger.MetadataValue, _ line: inout LogLine) {
        switch value {
        case .string(let text): line.appendQuoted(text)
        case .stringConvertible(let number as any FixedWidthInteger): line.append(number.description)
        case .stringConvertible(let number as Double) where number.isFinite: line.append(number.description)
        case .stringConvertible(let value): line.appendQuoted(value.description)
        case .array(let values):
            for (place, value) in values.enumerated() {
                line.append(place == 0 ? "[" : ",")
                json(value, &line)
            }
            line.append(values.isEmpty ? "[]" : "]")
        case .dictionary(let members):
            for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                line.append(place == 0 ? "{" : ",")
                line.appendQuoted(member.key)
                line.append(":")
                json(member.value, &line)
            }
            line.append(members.isEmpty ? "{}" : "}")
        }
    }
}
