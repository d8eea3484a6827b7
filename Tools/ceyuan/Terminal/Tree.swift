/// A tree for people: each node a few lines, its children below it.
struct Tree {
    /// The first line stands beside the branch, the others below it.
    var lines: [(text: String, style: Style?)]
    /// What hangs below.
    var children: [Tree] = []

    /// A node of one line.
    init(_ text: String, style: Style? = nil, children: [Tree] = []) {
        lines = [(text, style)]
        self.children = children
    }

    /// Adds a line below the first.
    mutating func add(_ text: String, style: Style? = nil) {
        lines.append((text, style))
    }

    /// The lines of the whole tree.
    func text(for console: Console) -> String {
        var result = ""
        render(first: "", rest: "", console, into: &result)
        return result
    }

    private func render(first: String, rest: String, _ console: Console, into result: inout String) {
        // The trunk goes on beside further lines when something hangs below them.
        let beside = rest + (children.isEmpty ? "   " : "│  ")
        for (index, line) in lines.enumerated() {
            let lead = index == 0 ? first : beside
            let text = line.text.printable
            let room = console.width.map { $0 - lead.displayWidth } ?? .max
            let shown = room == .max ? text : text.truncated(toWidth: room)
            result += console.styled(lead, .dim) + console.styled(shown, line.style) + "\n"
        }
        for (index, child) in children.enumerated() {
            let isLast = index == children.count - 1
            child.render(
                first: rest + (isLast ? "└─ " : "├─ "),
                rest: rest + (isLast ? "   " : "│  "),
                console,
                into: &result
            )
        }
    }
}
