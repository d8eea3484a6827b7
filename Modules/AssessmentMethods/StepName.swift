import DomainModel

/// The names of the steps of a calculation.
enum StepName {
    static let rule = LocalizedText(zh: "达标条件", en: "What counts as reached")
    static let comparison = LocalizedText(zh: "是否达到目标水平", en: "Whether the target level is reached")
    static let progress = LocalizedText(zh: "目标进度", en: "Progress from baseline to target")
    static let progressFromZero = LocalizedText(
        zh: "累计目标进度（自规划期初从零计）",
        en: "Progress of the cumulative target, counted from zero at the start of the plan"
    )
    static let bandProgress = LocalizedText(
        zh: "向目标值靠近的进度",
        en: "Progress towards the middle of the band"
    )
    static let revisedProgress = LocalizedText(
        zh: "按修订后基数计算的进度（供参考，不作判断依据）",
        en: "Progress from the revised baseline, for information, not judged on"
    )
    static let elapsed = LocalizedText(zh: "时间进度", en: "Elapsed share of the plan")
    static let schedule = LocalizedText(zh: "与时间进度比较", en: "Progress against elapsed time")
    static let gap = LocalizedText(zh: "与目标的差距", en: "Value minus target")
    static let required = LocalizedText(zh: "此后每年需增加", en: "Needed a year from this value on")
    static let planned = LocalizedText(zh: "规划要求的年均增量", en: "Gain a year that the plan asked for")
    static let actual = LocalizedText(zh: "实际年均增量", en: "Gain a year that was made")
    static let keepLevel = LocalizedText(
        zh: "基数已满足目标水平：按保持水平判断，不计算进度",
        en: "The baseline meets the target already: judged as a level to keep, without a progress share"
    )
    static let metAtBaseline = LocalizedText(
        zh: "规划期前的数值是否已达到目标水平",
        en: "Whether the value from before the plan meets the target already"
    )
    static let sum = LocalizedText(zh: "规划期内各年合计", en: "Sum of the plan's years so far")
    static let observedBaseline = LocalizedText(
        zh: "规划未列基数，以基年观测值为基数",
        en: "The plan prints no baseline: the observed value of the base year is used"
    )
}
