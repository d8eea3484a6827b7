import DomainModel

/// How periods are spelled in the text of a report.
enum PeriodText {
    static func text(_ period: Period, _ language: Language) -> String {
        language == .zh ? chinese(period) : english(period)
    }

    private static func chinese(_ period: Period) -> String {
        let (year, month, day) = period.start.components
        switch period.frequency {
        case .annual: return "\(year)年"
        case .semester: return "\(year)年\(month == 1 ? "上" : "下")半年"
        case .quarterly: return "\(year)年\(["一", "二", "三", "四"][(month - 1) / 3])季度"
        case .monthly: return "\(year)年\(month)月"
        case .weekly: return "\(period.year)年第\(period.description.suffix(2))周"
        case .daily: return "\(year)年\(month)月\(day)日"
        }
    }

    private static func english(_ period: Period) -> String {
        let (year, month, day) = period.start.components
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        switch period.frequency {
        case .annual: return "\(year)"
        case .semester: return "the \(month == 1 ? "first" : "second") half of \(year)"
        case .quarterly: return "Q\((month - 1) / 3 + 1) \(year)"
        case .monthly: return "\(names[month - 1]) \(year)"
        case .weekly: return "week \(period.description.suffix(2)) of \(period.year)"
        case .daily: return "\(day) \(names[month - 1]) \(year)"
        }
    }
}
