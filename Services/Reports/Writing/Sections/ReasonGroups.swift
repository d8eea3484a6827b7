import DomainModel

/// The targets that cannot be judged, by the reason why, the largest group first.
struct ReasonGroups {
    let groups: [(reason: UndeterminedReason, lines: [ReportLine])]

    init(_ matter: ReportMatter) {
        groups = UndeterminedReason.allCases.compactMap { reason in
            let lines = matter.lines(reason)
            return lines.isEmpty ? nil : (reason, lines)
        }.enumerated().sorted { left, right in
            let (a, b) = (left.element.1.count, right.element.1.count)
            return a == b ? left.offset < right.offset : a > b
        }.map { ($0.element.0, $0.element.1) }
    }
}
