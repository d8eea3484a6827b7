import DomainModel

/// The files of a made-up population, filled entry by entry and handed over in pieces.
public struct SyntheticFiles: Sendable {
    /// A file and how far it has come.
    public struct File: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its lines but the header.
        public fileprivate(set) var rows = 0
        /// Its bytes, with those that are not handed over yet.
        public fileprivate(set) var bytes = 0
    }

    /// The files so far, in the order in which they were begun.
    public private(set) var files: [File] = []

    private let format: SyntheticFormat
    private let fields: [String: [FieldDefinition]]
    private var places: [String: Int] = [:]
    private var pending: [[UInt8]] = []
    private let pieceSize = 1 << 18

    /// Begins with no files.
    public init(_ format: SyntheticFormat) {
        self.format = format
        fields = Dictionary(uniqueKeysWithValues: RecordModel.standard.statements.map { ($0.code, $0.fields) })
    }

    /// Writes an entry; pieces of files that have grown large are handed over.
    ///
    /// - Parameters:
    ///   - entry: A record and what is said of it.
    ///   - hand: Takes bytes that belong at the end of the file of a name.
    /// - Throws: What `hand` throws.
    public mutating func add(_ entry: SyntheticEntry, _ hand: (String, [UInt8]) throws -> Void) throws {
        let place = self.place(of: entry.kind)
        format.write(entry, RecordModel.standard.fields(of: entry.kind), to: &pending[place])
        try count(place, hand)
        for statement in entry.statements {
            let place = self.place(ofStatement: statement.type)
            format.write(statement, fields[statement.type] ?? [], to: &pending[place])
            try count(place, hand)
        }
    }

    /// Hands over what is left.
    ///
    /// - Parameter hand: Takes bytes that belong at the end of the file of a name.
    /// - Throws: What `hand` throws.
    public mutating func finish(_ hand: (String, [UInt8]) throws -> Void) throws {
        for place in files.indices { try handOver(place, hand) }
    }

    private mutating func place(of kind: RegistryKind) -> Int {
        if let known = places[kind.rawValue] { return known }
        return begin(kind.rawValue, format.file(of: kind), header: format.header(of: kind, .standard))
    }

    private mutating func place(ofStatement type: String) -> Int {
        if let known = places["/" + type] { return known }
        return begin("/" + type, format.file(ofStatement: type), header: format.header(ofStatement: type, .standard))
    }

    private mutating func begin(_ key: String, _ name: String, header: [UInt8]) -> Int {
        places[key] = files.count
        files.append(File(name: name))
        pending.append(header)
        return files.count - 1
    }

    private mutating func count(_ place: Int, _ hand: (String, [UInt8]) throws -> Void) throws {
        files[place].rows += 1
        if pending[place].count >= pieceSize { try handOver(place, hand) }
    }

    private mutating func handOver(_ place: Int, _ hand: (String, [UInt8]) throws -> Void) throws {
        files[place].bytes += pending[place].count
        try hand(files[place].name, pending[place])
        pending[place].removeAll(keepingCapacity: true)
    }
}
