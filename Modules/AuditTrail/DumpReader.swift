/// Finds the tables of a trail in the text of a plain `pg_dump`, line by line, without a server.
///
/// Give it every line of the file in order. What stands between `COPY … FROM stdin;` and `\.` is rows; all else, and the
/// rows of other tables, is passed over. Events come as they lie in the table: in no order.
public struct DumpReader: Sendable {
    /// What a line is to a trail.
    public enum Finding: Sendable, Hashable {
        /// Nothing.
        case none
        /// A signed checkpoint.
        case checkpoint(SignedCheckpoint)
        /// An event; ``DumpTable/event(_:)`` reads it.
        case event(AuditPlace)
        /// The head of a chain, as the database keeps it.
        case head(ChainHead)
        /// A row of the trail that cannot be read.
        case unreadable
    }

    /// The table whose rows come now; `nil` outside of rows, and in those of other tables.
    public private(set) var table: DumpTable?
    /// The tables of the trail that were found so far, partitions by the name of the whole.
    public private(set) var found: Set<DumpTable.Kind> = []
    private var isInRows = false

    /// Begins before the first line.
    public init() {}

    /// Takes the next line, without its line break.
    public mutating func take(_ line: some Collection<UInt8>) -> Finding {
        if isInRows {
            if line.elementsEqual(Self.end) {
                isInRows = false
                table = nil
                return .none
            }
            guard let table else { return .none }
            return table.finding(line)
        }
        guard line.starts(with: Self.copy), line.suffix(Self.stdin.count).elementsEqual(Self.stdin) else {
            return .none
        }
        isInRows = true
        table = DumpTable(header: String(decoding: line, as: UTF8.self))
        if let table { found.insert(table.kind) }
        return .none
    }

    private static let copy = Array("COPY ".utf8)
    private static let stdin = Array(" FROM stdin;".utf8)
    private static let end = Array("\\.".utf8)
}

/// A table of the trail in a dump: which one, and where its columns stand.
public struct DumpTable: Sendable {
    /// Which one.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// `audit.event`, or a partition of it.
        case event
        /// `audit.head`
        case head
        /// `audit.checkpoint`
        case checkpoint
    }

    /// Which one.
    public let kind: Kind
    private let columns: [String: Int]

    /// Reads `COPY audit.event_3 (chain, sequence, …) FROM stdin;`; `nil` for tables of other names.
    init?(header: String) {
        guard let open = header.firstIndex(of: "("), let close = header.lastIndex(of: ")"), open < close else {
            return nil
        }
        let name = header[..<open].dropFirst("COPY ".count).filter { $0 != " " && $0 != "\"" }
        switch name {
        case "audit.event": kind = .event
        case "audit.head": kind = .head
        case "audit.checkpoint": kind = .checkpoint
        default:
            guard name.hasPrefix("audit.event_"), Int(name.dropFirst("audit.event_".count)) != nil else { return nil }
            kind = .event
        }
        let names = header[header.index(after: open)..<close].split(separator: ",")
            .map { $0.filter { $0 != " " && $0 != "\"" } }
        columns = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    fileprivate func finding(_ line: some Collection<UInt8>) -> DumpReader.Finding {
        let row = DumpRow(line, columns)
        switch kind {
        case .event: return row.place.map { .event($0) } ?? .unreadable
        case .head: return row.head.map { .head($0) } ?? .unreadable
        case .checkpoint: return row.checkpoint.map { .checkpoint($0) } ?? .unreadable
        }
    }

    /// Reads the row of an event.
    ///
    /// - Returns: `nil` when it is none.
    public func event(_ line: some Collection<UInt8>) -> LinkedEvent? { DumpRow(line, columns).event }
}
