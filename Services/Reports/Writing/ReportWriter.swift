import DomainModel
import ReportDocument

/// Writes reports: makes a document of an assessment, by rules, in one of the languages.
///
/// Pure: no database and no network. Every number of an indicator is a figure with its lineage code; counts of
/// findings are plain text, since the findings counted stand beside them.
struct ReportWriter: Sendable {
    private let assessment: Assessment
    private let region: Region
    private let language: Language
    private let edition: String
    private let documents: [String: LocalizedText]

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - assessment: The assessment to write about.
    ///   - region: The region that its plan is for.
    ///   - language: The language to write in.
    ///   - edition: The name of the edition.
    ///   - documents: Titles of source documents by file name; a document without one goes by its file name.
    init(
        assessment: Assessment,
        region: Region,
        language: Language,
        edition: String,
        documents: [String: LocalizedText] = [:]
    ) {
        self.assessment = assessment
        self.region = region
        self.language = language
        self.edition = edition
        self.documents = documents
    }

    /// The report of a kind; charts are not drawn yet.
    func document(_ template: ReportTemplate) -> Document {
        let matter = ReportMatter(assessment: assessment, language: language, documents: documents)
        let say = matter.say
        let plan = assessment.plan.name[language]
        let title: String
        let blocks: [Block]
        switch template {
        case .endOfPlan:
            title = say("\(plan)指标完成情况评估", "\(plan): which targets were reached")
            blocks =
                EndOfPlanSummary(matter).blocks + Scoreboard(matter, template).blocks + ResultTable(matter).blocks
                + ChartSection(matter, template).blocks + FollowUpSection(matter).blocks
        case .planState:
            title = say("\(plan)指标执行情况", "\(plan): state of its targets")
            blocks =
                PlanStateSummary(matter).blocks + Scoreboard(matter, template).blocks + StateTable(matter).blocks
                + ChartSection(matter, template).blocks + WordTargetSection(matter).blocks
                + FollowUpSection(matter).blocks
        }
        let years = "\(assessment.plan.startYear)–\(assessment.plan.endYear)"
        return Document(
            language: language,
            title: title,
            subtitle: say(
                "\(region.name[language])　规划期\(years)年　评估时点：\(matter.endOf(assessment.period))",
                "\(region.name[language]) · plan of \(years) · as of the end of \(matter.period(assessment.period))"
            ),
            edition: edition,
            asOf: assessment.asOf,
            facts: [
                Document.Fact(say("数据截至", "Data known at"), matter.instant(assessment.asOf)),
                Document.Fact(say("评估方法", "Method"), assessment.method),
            ],
            blocks: blocks + NotesSection(matter).blocks + MethodSection(matter).blocks + SourcesSection(matter).blocks
                + LineageSection(matter).blocks
        )
    }
}
