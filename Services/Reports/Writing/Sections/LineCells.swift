import DomainModel
import ReportDocument

/// The cells that the tables of all reports share.
enum LineCells {
    /// The name, with the unit below.
    static func name(_ line: ReportLine) -> [Inline] {
        line.unit.isEmpty ? [.text(line.name)] : [.text(line.name), .lineBreak, .note(line.unit)]
    }

    static func baseline(_ line: ReportLine) -> [Inline] {
        if let baseline = line.finding.baseline { return [line.printed(baseline)] }
        let printed = line.target.baselinePrinted
        return [printed.isEmpty ? .text("–") : line.figure(printed, value: printed, line.target.lineage)]
    }

    /// The target as printed; where English readers cannot read the notation, its meaning stands below.
    static func target(_ line: ReportLine) -> [Inline] {
        var content = [line.targetFigure]
        guard let value = line.target.value, line.language == .en else { return content }
        let isForeign = line.target.printed.unicodeScalars.contains { $0.value > 0x2E80 }
        if isForeign {
            let bound = NumberText.bound(line.target.comparator ?? .equal, .en)
            content += [.lineBreak, .note("\(bound)\(NumberText.text(value, .en))")]
        }
        return content
    }

    /// The value as printed, with its period where that is not the expected one.
    static func actual(_ line: ReportLine, besides expected: Period?) -> [Inline] {
        guard let actual = line.finding.actual else { return [.text("–")] }
        var content = [line.printed(actual)]
        if actual.value != nil, actual.period != expected {
            content += [.lineBreak, .note(PeriodText.text(actual.period, line.language))]
        }
        return content
    }
}
