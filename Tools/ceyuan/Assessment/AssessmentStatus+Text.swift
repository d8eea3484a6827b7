import DomainModel

extension AssessmentStatus {
    /// What it means.
    var text: LocalizedText {
        switch self {
        case .achieved: LocalizedText(zh: "已完成", en: "achieved")
        case .notAchieved: LocalizedText(zh: "未完成", en: "not achieved")
        case .ahead: LocalizedText(zh: "超序时进度", en: "ahead of schedule")
        case .onSchedule: LocalizedText(zh: "符合序时进度", en: "on schedule")
        case .behind: LocalizedText(zh: "滞后序时进度", en: "behind schedule")
        case .cannotBeJudged: LocalizedText(zh: "无法判断", en: "cannot be judged")
        }
    }

    /// Green for good, red for bad, yellow for what needs a look.
    var style: Style? {
        switch self {
        case .achieved, .ahead: .green
        case .onSchedule: nil
        case .behind: .yellow
        case .notAchieved: .red
        case .cannotBeJudged: .dim
        }
    }
}

extension UndeterminedReason {
    /// What it means.
    var text: LocalizedText {
        switch self {
        case .targetNotStated: LocalizedText(zh: "规划未列目标", en: "the plan states no target")
        case .targetNotNumber: LocalizedText(zh: "目标不是数值", en: "the target is no number")
        case .valueNotObserved: LocalizedText(zh: "没有观测值", en: "no value was observed")
        case .valueNotPublished: LocalizedText(zh: "数值未公布", en: "the value was not published")
        case .valueBeforePlan: LocalizedText(zh: "最新值早于规划期", en: "the newest value is from before the plan")
        case .valueBeforeTargetYear:
            LocalizedText(zh: "最新值早于目标年", en: "the newest value is from before the target year")
        case .valueInconclusive: LocalizedText(zh: "数值为界限或估计", en: "the value is a bound or an estimate")
        case .valueNotComparable:
            LocalizedText(zh: "数值口径与目标不可比", en: "the value is of another kind than the target")
        case .baselineMissing: LocalizedText(zh: "没有基期值", en: "there is no baseline")
        case .numberOutOfRange: LocalizedText(zh: "数值位数过多", en: "the numbers have too many digits")
        }
    }
}
