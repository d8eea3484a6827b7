import DomainModel
import Tabular

extension TabularProblem {
    /// The problem as the sender is told of it. A line that cannot be read may say anything about anybody: what it says
    /// stays in the file.
    var told: Conflict {
        guard code == .rowNotJSON else { return conflict() }
        return Conflict(code: code, line: line, row: row, column: column, field: field, expected: expected)
    }
}
