import DomainModel

/// The columns that a reader of a table knows.
public struct TableColumns: Sendable, Hashable {
    /// Columns that must be there.
    public let required: [String]
    /// Columns that may be there.
    public let optional: [String]
    /// The member of a JSON object whose own members are columns too, and which may hold lists; `nil` where objects are
    /// flat. There a column `attributes.from` is the member `from` of `attributes`, apart from the column `from`. The
    /// values of a list come as one cell with ``listSeparator`` between them.
    public let nested: String?

    /// What stands between the values of a list that came as JSON: U+001F, which no value may hold.
    public static let listSeparator: UInt8 = 0x1F

    /// Makes a set of columns.
    public init(required: [String], optional: [String] = [], nested: String? = nil) {
        self.required = required
        self.optional = optional
        self.nested = nested
    }

    /// All columns: the required ones, then the optional ones.
    public var all: [String] { required + optional }
}

/// The names of a table's columns, in the order of the file.
public struct TableHeader: Sendable, Hashable {
    /// The names; empty where a column has none.
    public let names: [String]
    private let indexes: [String: Int]

    /// Makes a header; of columns with the same name the first counts.
    public init(names: [String]) {
        self.names = names
        indexes = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// The index of a column; `nil` when the file does not have it.
    public func index(of name: String) -> Int? { indexes[name] }

    /// The name of a column; `nil` when there is none.
    func name(_ column: Int?) -> String? {
        column.flatMap { names.indices.contains($0) ? names[$0] : nil }
    }

    /// What is wrong with the header, in the order of its columns, missing ones last.
    func problems(against columns: TableColumns, line: Int, row: Int) -> [TabularProblem] {
        let known = Set(columns.all)
        var seen: Set<String> = []
        var problems: [TabularProblem] = []
        for (index, name) in names.enumerated() {
            let code: ConflictCode
            if name.allSatisfy(\.isWhitespace) {
                code = .columnBlank
            } else if !seen.insert(name).inserted {
                code = .columnDuplicate
            } else if !known.contains(name) {
                code = .columnUnknown
            } else {
                continue
            }
            let free = code == .columnUnknown ? columns.all.filter { !names.contains($0) } : []
            problems.append(
                TabularProblem(
                    code: code,
                    line: line,
                    row: row,
                    column: index,
                    field: name,
                    given: name,
                    nearest: nearestNames(to: name, among: free)
                )
            )
        }
        for name in columns.required where !seen.contains(name) {
            problems.append(
                TabularProblem(
                    code: .columnMissing,
                    line: line,
                    row: row,
                    field: name,
                    nearest: nearestNames(to: name, among: names.filter { !known.contains($0) })
                )
            )
        }
        return problems
    }
}
