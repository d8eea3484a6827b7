import Collection
import DomainModel
import SystemPackage

/// What is wrong with rows as a set, pass by pass, beside what was wrong with each by itself.
struct LateConflicts {
    /// All conflicts so far, in the order of the file.
    private(set) var all: ConflictLog
    /// Rows that were refused by the passes.
    private(set) var rejected: Int64 = 0
    private let directory: FilePath

    /// Begins with what each row by itself had wrong.
    init(after early: ConflictLog, in directory: FilePath) {
        all = early
        self.directory = directory
    }

    /// Adds the conflicts of one pass.
    ///
    /// - Parameter pass: Adds them to a log, in the order of the file.
    /// - Throws: What the pass throws; an error of the file system.
    mutating func add(_ pass: (inout Pass) async throws -> Void) async throws {
        var found = Pass(log: ConflictLog(directory: directory))
        try await pass(&found)
        rejected += found.rejected
        guard found.count > 0 else { return }
        var reader = try found.log.reader()
        all = try await ConflictLog.merging(all, in: directory) { try reader.next() }
    }

    /// The conflicts of one pass.
    struct Pass {
        fileprivate let log: ConflictLog
        fileprivate var count = 0
        fileprivate var rejected: Int64 = 0
        private var lastLine = 0

        fileprivate init(log: ConflictLog) { self.log = log }

        /// Adds what is wrong with a row.
        mutating func add(_ conflicts: [Conflict]) throws {
            for conflict in conflicts { try add(ConflictLog.Entry(conflict)) }
        }

        /// Adds what is wrong with a row.
        mutating func add(_ entry: ConflictLog.Entry) throws {
            try log.append(entry)
            count += 1
            guard entry.line != lastLine, entry.code.severity == .error else { return }
            lastLine = entry.line
            rejected += 1
        }
    }
}
