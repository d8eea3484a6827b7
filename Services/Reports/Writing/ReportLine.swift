import DomainModel
import ReportDocument

/// A finding as the line of a report: its names, and its numbers as figures.
struct ReportLine: Sendable {
    let finding: Finding
    let language: Language

    var indicator: Indicator { finding.indicator }
    var target: Target { finding.target }
    private var say: Phrase { Phrase(language: language) }

    /// The indicator's name.
    var name: String {
        let name = indicator.name[language]
        return name.isEmpty ? indicator.name.zh : name
    }

    /// The unit of measure, spelled for the language; empty for bare counts in English.
    var unit: String { UnitText.text(indicator, language) }

    var isBinding: Bool { indicator.nature == .binding }

    var nature: String {
        switch indicator.nature {
        case .binding: say("约束性", "Binding")
        case .expected: say("预期性", "Expected")
        case nil: say("—", "–")
        }
    }

    /// The number of the row as the plan prints it, or the order of the target where the plan prints none.
    var number: String {
        if let row = target.source.locator.firstMatch(of: /row (\w+)/) { return String(row.output.1) }
        return ""
    }

    var anchor: String { "line-\(target.ordinal)" }

    /// Whether the value judged is of an earlier year than the target's.
    var isEarly: Bool {
        guard let actual = finding.actual, actual.value != nil else { return false }
        return actual.period.end < Period.year(target.year).end
    }

    /// Whether the value equals the target to the last digit printed.
    var isExact: Bool {
        guard let actual = finding.actual, actual.comparator == .equal, let value = actual.value else { return false }
        return value == target.value
    }

    /// Whether the baseline meets the target already, so that the level is to be kept and no way to go.
    var isLevelToKeep: Bool {
        finding.progress == nil && finding.baseline?.value != nil && target.value != nil
            && finding.actual?.value != nil && finding.reason != .valueBeforePlan && finding.reason != .numberOutOfRange
    }

    /// Whether the newest value is from before the plan and needs no further gain.
    var isMetBeforePlan: Bool {
        finding.reason == .valueBeforePlan && finding.requiredPerYear == nil && finding.gap != nil
    }

    // MARK: Figures

    /// A figure, or the bare text where there is nothing to trace it by.
    func figure(_ text: String, value: String, _ lineage: String?, tone: Tone? = nil) -> Inline {
        guard let lineage else { return .text(text) }
        return .figure(Figure(text: text, value: value, lineage: lineage, tone: tone))
    }

    /// A number of the finding in the language's spelling, with its unit.
    func amount(_ value: ExactDecimal, _ lineage: String?, withUnit: Bool = true) -> Inline {
        let number = NumberText.text(value, language)
        return figure(withUnit ? withUnitText(number) : number, value: value.description, lineage)
    }

    func withUnitText(_ number: String) -> String {
        if unit.isEmpty { return number }
        if language == .zh || unit == "%" { return number + unit }
        return unit.first?.isNumber == true ? "\(number) × \(unit)" : "\(number) \(unit)"
    }

    /// The status as a figure of the finding.
    var status: Inline {
        figure(
            StatusText.text(finding.status, language),
            value: finding.status.rawValue,
            finding.lineage,
            tone: StatusText.tone(finding.status)
        )
    }

    /// The progress as a figure of the finding, or nothing.
    var progress: Inline? {
        finding.progress.map { share in
            let text = NumberText.percentage(share, language, fallsShort: finding.status == .notAchieved)
            return figure(text, value: share.description, finding.lineage)
        }
    }

    /// A piece of evidence as printed, as a figure of its observation or target; sums are figures of the finding.
    func printed(_ evidence: Finding.Evidence) -> Inline {
        let text = evidence.printed.isEmpty ? evidence.value.map(\.description) ?? "–" : evidence.printed
        let lineage = evidence.summands.isEmpty ? evidence.lineage : finding.lineage
        return figure(text, value: evidence.value?.description ?? text, lineage)
    }

    /// The target as printed, as a figure of the target.
    var targetFigure: Inline {
        let text = target.printed.isEmpty ? "–" : target.printed
        return figure(text, value: target.value?.description ?? text, target.lineage)
    }

    /// The value judged, with its unit, in a sentence.
    func actualAmount() -> [Inline] {
        guard let actual = finding.actual, let value = actual.value else { return [] }
        let lineage = actual.summands.isEmpty ? actual.lineage : finding.lineage
        return [.text(NumberText.bound(actual.comparator, language)), amount(value, lineage)]
    }

    /// The number to reach, with its unit, in a sentence.
    func targetAmount() -> [Inline] {
        guard let value = target.value else { return [] }
        return [amount(value, target.lineage)]
    }
}
