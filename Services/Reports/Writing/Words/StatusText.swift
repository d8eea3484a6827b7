import DomainModel
import ReportDocument

/// The words for judgements, and for why there is none.
enum StatusText {
    static func text(_ status: AssessmentStatus, _ language: Language) -> String {
        words(status)[language]
    }

    static func tone(_ status: AssessmentStatus) -> Tone {
        switch status {
        case .achieved, .ahead, .onSchedule: .good
        case .behind: .watch
        case .notAchieved: .bad
        case .cannotBeJudged: .open
        }
    }

    /// The judgement in one word, for the head of a narrow column.
    static func short(_ status: AssessmentStatus, _ language: Language) -> String {
        switch status {
        case .ahead: language == .zh ? "超前" : "Ahead"
        case .onSchedule: language == .zh ? "符合" : "On schedule"
        case .behind: language == .zh ? "滞后" : "Behind"
        default: text(status, language)
        }
    }

    private static func words(_ status: AssessmentStatus) -> LocalizedText {
        switch status {
        case .achieved: LocalizedText(zh: "已完成", en: "Reached")
        case .notAchieved: LocalizedText(zh: "未完成", en: "Not reached")
        case .ahead: LocalizedText(zh: "超序时进度", en: "Ahead")
        case .onSchedule: LocalizedText(zh: "符合序时进度", en: "On schedule")
        case .behind: LocalizedText(zh: "滞后序时进度", en: "Behind")
        case .cannotBeJudged: LocalizedText(zh: "无法判断", en: "Cannot be judged")
        }
    }

    /// Why a target cannot be judged, in a few words for a cell.
    static func text(_ reason: UndeterminedReason, _ language: Language) -> String {
        words(reason)[language]
    }

    private static func words(_ reason: UndeterminedReason) -> LocalizedText {
        switch reason {
        case .targetNotStated: LocalizedText(zh: "规划未列目标值", en: "The plan states no target")
        case .targetNotNumber: LocalizedText(zh: "目标为文字表述", en: "The target is words, not a number")
        case .valueNotObserved: LocalizedText(zh: "尚无观测值", en: "No value is on record")
        case .valueNotPublished: LocalizedText(zh: "数值未公布", en: "The value was not published")
        case .valueBeforePlan: LocalizedText(zh: "仅有规划期前的数值", en: "Only values from before the plan")
        case .valueBeforeTargetYear:
            LocalizedText(
                zh: "目标年数值未公布，较早数值尚未达到目标",
                en: "No value of the target year; the earlier one falls short"
            )
        case .valueInconclusive:
            LocalizedText(zh: "数值为界限或约数，无法判定", en: "The value is a bound that leaves it open")
        case .valueNotComparable:
            LocalizedText(zh: "数值口径与目标不可比", en: "The value is of another kind than the target")
        case .baselineMissing: LocalizedText(zh: "没有可比的基数", en: "There is no baseline")
        case .numberOutOfRange: LocalizedText(zh: "数值超出可精确计算的范围", en: "The numbers are too large to calculate")
        }
    }

    /// What has to happen so that a target can be judged.
    static func remedy(_ reason: UndeterminedReason) -> LocalizedText {
        switch reason {
        case .targetNotStated:
            LocalizedText(zh: "请规划主管部门明确目标值", en: "Have the plan's owner state a target")
        case .targetNotNumber:
            LocalizedText(zh: "请规划主管部门给出可量化的目标", en: "Have the plan's owner give a target in numbers")
        case .valueNotObserved: LocalizedText(zh: "明确责任单位并报送数据", en: "Name who reports it, and collect the data")
        case .valueNotPublished:
            LocalizedText(zh: "向发布单位索取数据后重新评估", en: "Ask the publisher for the figure and assess again")
        case .valueBeforePlan: LocalizedText(zh: "报送规划期内的年度数据", en: "Collect a yearly value from within the plan")
        case .valueBeforeTargetYear:
            LocalizedText(zh: "取得目标年数据后重新评估", en: "Get the value of the target year and assess again")
        case .valueInconclusive: LocalizedText(zh: "取得准确数值后重新评估", en: "Get an exact value and assess again")
        case .valueNotComparable:
            LocalizedText(zh: "按目标口径重新报送数据", en: "Collect values of the same kind as the target")
        case .baselineMissing: LocalizedText(zh: "补充基年数据", en: "Add the value of the base year")
        case .numberOutOfRange: LocalizedText(zh: "核对数值与计量单位", en: "Check the numbers and their unit")
        }
    }
}
