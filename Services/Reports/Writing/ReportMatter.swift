import DomainModel
import ReportDocument

/// What all sections of a report are written from.
struct ReportMatter: Sendable {
    let assessment: Assessment
    let language: Language
    let documents: [String: LocalizedText]
    let lines: [ReportLine]

    init(assessment: Assessment, language: Language, documents: [String: LocalizedText]) {
        self.assessment = assessment
        self.language = language
        self.documents = documents
        lines = assessment.findings.map { ReportLine(finding: $0, language: language) }
    }

    /// Chooses the text of the report's language.
    var say: Phrase { Phrase(language: language) }

    /// Whether the plan still runs at the assessed period.
    var isRunning: Bool { assessment.period.end < Period.year(assessment.plan.endYear).end }

    /// The domains, in the order of the plan.
    var domains: [String] {
        var seen: Set<String> = []
        return lines.map(\.indicator.domain).filter { seen.insert($0).inserted }
    }

    func lines(_ status: AssessmentStatus) -> [ReportLine] {
        lines.filter { $0.finding.status == status }
    }

    func lines(_ reason: UndeterminedReason) -> [ReportLine] {
        lines.filter { $0.finding.reason == reason }
    }

    func period(_ period: Period) -> String {
        PeriodText.text(period, language)
    }

    func endOf(_ period: Period) -> String {
        say("\(self.period(period))末", "the end of \(self.period(period))")
    }

    /// An instant to the second, in UTC.
    func instant(_ instant: Instant) -> String {
        let text = instant.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
    }

    /// The names of lines as one enumeration.
    func names(_ lines: [ReportLine]) -> String {
        say.list(lines.map(\.name))
    }
}

/// Chooses between a text's languages.
struct Phrase: Sendable {
    let language: Language

    func callAsFunction(_ zh: @autoclosure () -> String, _ en: @autoclosure () -> String) -> String {
        switch language {
        case .zh: zh()
        case .en: en()
        }
    }

    /// `a、b、c` or `a, b and c`; names that hold a comma are parted by semicolons.
    func list(_ items: [String]) -> String {
        switch language {
        case .zh: return items.joined(separator: "、")
        case .en:
            let mark = items.contains { $0.contains(", ") } ? ";" : ","
            guard let last = items.last, items.count > 1 else { return items.first ?? "" }
            let first = items.dropLast().joined(separator: "\(mark) ")
            return "\(first)\(mark == ";" || items.count > 2 ? mark : "") and \(last)"
        }
    }

    /// The words to go on with after a dash or a colon: without their capital in English.
    func inside(_ words: String) -> String {
        language == .en ? words.prefix(1).lowercased() + words.dropFirst() : words
    }

    /// A count with its noun: `1 target`, `3 targets`.
    func count(_ number: Int, _ singular: String, _ plural: String) -> String {
        "\(number) \(number == 1 ? singular : plural)"
    }
}
